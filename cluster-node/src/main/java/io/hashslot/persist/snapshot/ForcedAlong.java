package io.hashslot.persist.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A file whose content is brought to the disk while it is written, portion after portion, on a
 * thread of its own: otherwise the system keeps it all and the last force takes long, and everybody
 * else who waits for that disk with it. The writer is at most one portion ahead of the disk.
 */
final class ForcedAlong implements WritableByteChannel {
  private static final int PORTION_BYTES = 4 << 20;

  private final FileChannel file;
  private final ExecutorService forcing =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("forcing").daemon().factory());
  private CompletableFuture<Void> underway = CompletableFuture.completedFuture(null);
  private long unforced;

  ForcedAlong(FileChannel file) {
    this.file = file;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    int written = file.write(source);
    unforced += written;
    if (unforced >= PORTION_BYTES) {
      unforced = 0;
      await();
      underway = CompletableFuture.runAsync(this::force, forcing);
    }
    return written;
  }

  private void force() {
    try {
      file.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void await() throws IOException {
    try {
      underway.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof UncheckedIOException io
          ? io.getCause()
          : new IOException(e.getCause());
    }
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  /** Waits for the portion under way; what comes after it is not forced. The file stays open. */
  @Override
  public void close() throws IOException {
    try {
      await();
    } finally {
      forcing.close();
    }
  }
}
