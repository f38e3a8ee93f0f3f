package io.hashslot.bench.compare;

import io.hashslot.time.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * How long the disk takes to make a small write durable: the unit in which servers that confirm
 * only what is durable have to think.
 */
final class DiskSync {

  private static final int TRIES = 100;
  private static final int BYTES = 4096;

  private DiskSync() {}

  /** Appends to a file of its own, syncs after each write, and returns the median milliseconds. */
  static double medianMs(Path directory, Clock clock) throws IOException {
    Path file = Files.createTempFile(directory, "sync", ".probe");
    List<Double> times = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
      for (int i = 0; i < TRIES; i++) {
        ByteBuffer block = ByteBuffer.allocateDirect(BYTES);
        long fromNs = clock.monotonicNs();
        while (block.hasRemaining()) {
          channel.write(block);
        }
        channel.force(false);
        times.add((clock.monotonicNs() - fromNs) / 1e6);
      }
    } finally {
      Files.delete(file);
    }
    return Medians.of(times);
  }
}
