package io.hashslot.replication;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.agrona.UnsafeApi;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot on its way from the socket to the thread that loads it: one thread writes and never
 * waits, another reads and waits for more. Bounded: the writer is told to stop reading from its
 * socket while much is under way.
 */
final class SnapshotPipe implements ReadableByteChannel, SnapshotTransfer.Sink {
  private static final long STOP_BYTES = 8 << 20;
  private static final long GO_ON_BYTES = 2 << 20;

  private final Deque<byte[]> portions = new ArrayDeque<>();
  private final Consumer<Boolean> reading;
  private int taken;
  private long waitingBytes;
  private boolean stopped;
  private boolean ended;
  private @Nullable String failure;

  /**
   * @param reading is told false when the writer should pause, true when it should go on; from
   *     either thread
   */
  SnapshotPipe(Consumer<Boolean> reading) {
    this.reading = reading;
  }

  @Override
  public synchronized void write(long address, int length) {
    byte[] portion = new byte[length];
    UnsafeApi.copyMemory(null, address, portion, UnsafeApi.arrayBaseOffset(byte[].class), length);
    portions.add(portion);
    waitingBytes += length;
    if (waitingBytes > STOP_BYTES && !stopped) {
      stopped = true;
      reading.accept(false);
    }
    notifyAll();
  }

  /** Whether the writer was told to pause. */
  synchronized boolean stopped() {
    return stopped;
  }

  /** Nothing more comes. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** The rest will not come: the reader fails with this reason. */
  synchronized void fail(String reason) {
    failure = reason;
    notifyAll();
  }

  @Override
  public synchronized int read(ByteBuffer target) throws IOException {
    while (portions.isEmpty() && !ended && failure == null) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
    if (failure != null) {
      throw new IOException(failure);
    }
    int count = 0;
    while (target.hasRemaining() && !portions.isEmpty()) {
      byte[] first = portions.getFirst();
      int n = Math.min(target.remaining(), first.length - taken);
      target.put(first, taken, n);
      taken += n;
      count += n;
      if (taken == first.length) {
        portions.removeFirst();
        taken = 0;
      }
    }
    waitingBytes -= count;
    if (stopped && waitingBytes < GO_ON_BYTES) {
      stopped = false;
      reading.accept(true);
    }
    return count == 0 && portions.isEmpty() ? -1 : count;
  }

  @Override
  public synchronized boolean isOpen() {
    return failure == null;
  }

  @Override
  public void close() {
    fail("closed");
  }
}
