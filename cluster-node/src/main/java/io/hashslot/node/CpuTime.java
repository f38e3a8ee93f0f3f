package io.hashslot.node;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Processor time that this process has used.
 *
 * @param userSeconds in its own code
 * @param systemSeconds in the kernel
 */
record CpuTime(double userSeconds, double systemSeconds) {
  private static final double TICKS_PER_SECOND = 100;

  /** Fields of /proc/self/stat after the name in brackets: user and system time are the 12th. */
  private static final int USER_TIME = 11;

  /** Returns the time; where the system does not tell them apart, all is user time. */
  static CpuTime ofProcess() {
    try {
      String line = Files.readString(Path.of("/proc/self/stat"), StandardCharsets.ISO_8859_1);
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
      return new CpuTime(
          Long.parseLong(fields[USER_TIME]) / TICKS_PER_SECOND,
          Long.parseLong(fields[USER_TIME + 1]) / TICKS_PER_SECOND);
    } catch (IOException _) {
      var bean =
          (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      return new CpuTime(bean.getProcessCpuTime() / 1e9, 0);
    }
  }
}
