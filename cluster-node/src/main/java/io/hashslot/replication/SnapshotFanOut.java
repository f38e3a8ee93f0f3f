package io.hashslot.replication;

import io.hashslot.time.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.agrona.BufferUtil;

/**
 * A channel whose bytes go to several replicas at once. Waits for the slowest, up to a time; then
 * goes on without it. Belongs to the thread that writes the snapshot.
 */
final class SnapshotFanOut implements WritableByteChannel {
  /** So many bytes may be on their way to one replica. */
  private static final long WINDOW_BYTES = 2 << 20;

  private static final long PAUSE_NS = 500_000;

  private final List<Replica> replicas;
  private final long patienceNs;
  private final Clock clock;

  /**
   * @param patienceNs how long a replica may take nothing at all
   */
  SnapshotFanOut(List<Replica> replicas, long patienceNs, Clock clock) {
    this.replicas = List.copyOf(replicas);
    this.patienceNs = patienceNs;
    this.clock = clock;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    int length = source.remaining();
    boolean anyone = false;
    for (Replica replica : replicas) {
      if (!replica.gone() && hasRoom(replica)) {
        replica.send(BufferUtil.address(source) + source.position(), length);
        anyone = true;
      }
    }
    if (!anyone) {
      throw new IOException("no replica is left that wants the snapshot");
    }
    source.position(source.limit());
    return length;
  }

  private boolean hasRoom(Replica replica) {
    long sinceNs = clock.monotonicNs();
    long lastUnsent = Long.MAX_VALUE;
    while (!replica.gone()) {
      long unsent = replica.unsentBytes();
      if (unsent < WINDOW_BYTES) {
        return true;
      }
      if (unsent < lastUnsent) {
        lastUnsent = unsent;
        sinceNs = clock.monotonicNs();
      } else if (clock.monotonicNs() - sinceNs > patienceNs) {
        replica.disconnect("it does not take its snapshot");
        return false;
      }
      replica.measure();
      LockSupport.parkNanos(PAUSE_NS);
    }
    return false;
  }

  /** Sends a text to all replicas. */
  void text(String text) {
    for (Replica replica : replicas) {
      if (!replica.gone()) {
        replica.send(text);
      }
    }
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
