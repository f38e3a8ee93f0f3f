package io.hashslot.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** CPU time that processes have used, user and system, from {@code /proc/PID/stat}. */
public final class CpuTime {

  /** Linux tells user programs in hundredths of a second on every architecture we run on. */
  private static final long US_PER_TICK = 10_000;

  private static final int UTIME_AFTER_NAME = 11;

  private CpuTime() {}

  /**
   * Returns microseconds used so far by a process and the processes below it, in steps of 10 ms; 0
   * if it is gone.
   */
  public static long ofTreeUs(long pid) {
    try (Stream<ProcessHandle> below =
        ProcessHandle.of(pid).map(ProcessHandle::descendants).orElse(Stream.empty())) {
      return ofProcessUs(pid) + below.mapToLong(child -> ofProcessUs(child.pid())).sum();
    }
  }

  /** Returns microseconds used so far by one process, in steps of 10 ms; 0 if it is gone. */
  public static long ofProcessUs(long pid) {
    Path stat = Path.of("/proc/" + pid + "/stat");
    if (!Files.exists(stat)) {
      return 0;
    }
    try {
      return parseUs(Files.readString(stat, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads utime and stime out of the line; the name in parentheses may hold spaces and parentheses.
   */
  static long parseUs(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[UTIME_AFTER_NAME]) + Long.parseLong(fields[UTIME_AFTER_NAME + 1]))
        * US_PER_TICK;
  }
}
