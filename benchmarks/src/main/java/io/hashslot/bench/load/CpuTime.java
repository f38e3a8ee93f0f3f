package io.hashslot.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** CPU time that processes have used, user and system, from {@code /proc/PID/stat}. */
public final class CpuTime {

  /** Linux tells user programs in hundredths of a second on every architecture we run on. */
  private static final long US_PER_TICK = 10_000;

  private static final int UTIME_AFTER_NAME = 11;
  private static final int FIELDS_WITH_REAPED = 4;

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

  /**
   * The same, and what processes below it had used that have ended: a child that has saved counts
   * as well after its end as before.
   */
  public static long ofTreeWithEndedUs(long pid) {
    try (Stream<ProcessHandle> below =
        ProcessHandle.of(pid).map(ProcessHandle::descendants).orElse(Stream.empty())) {
      long children = below.mapToLong(child -> ofProcessUs(child.pid())).sum();
      return children + parseUs(stat(pid), FIELDS_WITH_REAPED);
    }
  }

  /** Returns microseconds used so far by one process, in steps of 10 ms; 0 if it is gone. */
  public static long ofProcessUs(long pid) {
    return parseUs(stat(pid), 2);
  }

  private static String stat(long pid) {
    Path stat = Path.of("/proc/" + pid + "/stat");
    try {
      return Files.exists(stat) ? Files.readString(stat, StandardCharsets.ISO_8859_1) : "";
    } catch (NoSuchFileException _) {
      return "";
    } catch (IOException e) {
      if (ProcessHandle.of(pid).isEmpty()) {
        return ""; // It has ended between opening and reading.
      }
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Adds up times of the line; the name in parentheses may hold spaces and parentheses.
   *
   * @param fields 2 for utime and stime, 4 with those of children that have been waited for
   */
  static long parseUs(String stat, int fields) {
    if (stat.isEmpty()) {
      return 0;
    }
    String[] behindName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long ticks = 0;
    for (int i = 0; i < fields; i++) {
      ticks += Long.parseLong(behindName[UTIME_AFTER_NAME + i]);
    }
    return ticks * US_PER_TICK;
  }
}
