package io.hashslot.bench.footprint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What processes occupy together, from {@code /proc/PID/smaps_rollup}: a page that several of them
 * map counts for each by its share. Thus a fork costs what it has made its own, not everything a
 * second time, as the resident size has it.
 *
 * <p>The kernel walks all pages to answer, ten milliseconds and more for a gigabyte: not for times
 * at which latencies are measured.
 */
public final class ProportionalMemory {

  private static final String FIELD = "Pss:";

  private ProportionalMemory() {}

  /** Returns the bytes of a process and the processes below it; 0 if it is gone. */
  public static long ofTree(long pid) {
    try (Stream<ProcessHandle> below =
        ProcessHandle.of(pid).map(ProcessHandle::descendants).orElse(Stream.empty())) {
      return ofProcess(pid) + below.mapToLong(child -> ofProcess(child.pid())).sum();
    }
  }

  private static long ofProcess(long pid) {
    try {
      return parse(
          Files.readString(Path.of("/proc/" + pid + "/smaps_rollup"), StandardCharsets.ISO_8859_1));
    } catch (IOException _) {
      // It has ended, as a child that has saved does; until its parent hears of it, it is still
      // listed, but the kernel finds no memory of it any more.
      return 0;
    }
  }

  /** Reads the proportional size; 0 if there is none (a process that is ending). */
  static long parse(String rollup) {
    return rollup
        .lines()
        .filter(line -> line.startsWith(FIELD))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .sum();
  }
}
