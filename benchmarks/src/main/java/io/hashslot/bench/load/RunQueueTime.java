package io.hashslot.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * How long the threads of a process were ready to run but had no processor, from {@code
 * /proc/PID/task/TID/schedstat}. On a pinned server it tells whether somebody else was on its core:
 * figures of such a run say little.
 */
final class RunQueueTime {

  private RunQueueTime() {}

  /**
   * Returns nanoseconds waited so far by all living threads of a process; 0 if the kernel does not
   * tell.
   */
  static long ofProcessNs(long pid) {
    Path tasks = Path.of("/proc/" + pid + "/task");
    if (!Files.isDirectory(tasks)) {
      return 0;
    }
    long sum = 0;
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
      for (Path thread : threads) {
        sum += ofThreadNs(thread.resolve("schedstat"));
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw new UncheckedIOException(new IOException("cannot read " + tasks, e));
    }
    return sum;
  }

  private static long ofThreadNs(Path schedstat) throws IOException {
    try {
      return parseNs(Files.readString(schedstat, StandardCharsets.US_ASCII));
    } catch (NoSuchFileException _) {
      return 0; // The thread has ended, or the kernel keeps no such statistics.
    }
  }

  /**
   * Reads the second of the three numbers: time on the processor, time waiting for one, number of
   * turns.
   */
  static long parseNs(String schedstat) {
    return Long.parseLong(schedstat.strip().split(" ")[1]);
  }
}
