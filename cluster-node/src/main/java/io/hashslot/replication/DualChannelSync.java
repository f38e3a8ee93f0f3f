package io.hashslot.replication;

import java.io.IOException;
import java.util.List;
import org.agrona.UnsafeApi;
import org.jspecify.annotations.Nullable;

/**
 * A full synchronisation over two connections, from the primary's {@code +DUALCHANNELSYNC} to the
 * moment when the snapshot is loaded: the snapshot comes over a second connection, and what is
 * written meanwhile over the main channel, where it waits in an {@link EarlyStream}. Past its limit
 * nothing more is read from the main channel, so what is too much for us waits at the primary,
 * under the primary's limits.
 *
 * <p>Free of sockets; belongs to one thread. Whoever fails, both connections end, and the whole
 * synchronisation begins anew.
 */
final class DualChannelSync {
  /** Who owns both connections. */
  interface Host {
    /** The snapshot of this history comes on the second connection. */
    SnapshotTransfer.Sink snapshotBegins(@Nullable String id, long offset) throws IOException;

    /** The snapshot is complete. */
    void snapshotComplete() throws IOException;

    /**
     * The stream comes on the main channel from the snapshot's offset.
     *
     * @param newId the primary's history if it has another name by now, else null
     */
    void mainContinues(@Nullable String newId);
  }

  private final Host host;
  private final PrimaryLink.Wire main;
  private final EarlyStream early;
  private final long earlyLimitBytes;
  private final DualChannelHandshake handshake;
  private final LineAssembly mainLine = new LineAssembly();
  private final LineAssembly snapshotLine = new LineAssembly();
  private PrimaryLink.@Nullable Wire second;
  private @Nullable SnapshotTransfer transfer;
  private boolean snapshotDone;
  private volatile long lastInputNs;

  /**
   * @param early where the stream waits
   * @param earlyLimitBytes how much of it may wait here
   */
  DualChannelSync(
      Host host,
      PrimaryLink.Wire main,
      EarlyStream early,
      long earlyLimitBytes,
      HandshakeSettings settings,
      long nowNs) {
    this.host = host;
    this.main = main;
    this.early = early;
    this.earlyLimitBytes = earlyLimitBytes;
    handshake = new DualChannelHandshake(settings);
    lastInputNs = nowNs;
  }

  /** The second connection stands. */
  void connected(PrimaryLink.Wire wire) {
    second = wire;
    wire.send(handshake.begin());
  }

  /** Stops or goes on reading from the second connection. */
  void readingSnapshot(boolean on) {
    if (second != null && !snapshotDone) {
      second.reading(on);
    }
  }

  /** Monotonic time of the last byte on the second connection. */
  long lastInputNs() {
    return lastInputNs;
  }

  /** The snapshot under way, null before it begins. */
  @Nullable SnapshotTransfer transfer() {
    return transfer;
  }

  /** Whether all of the snapshot is there, so that the second connection may end. */
  boolean snapshotDone() {
    return snapshotDone;
  }

  /** Whether the stream comes on the main channel. */
  boolean streamFollows() {
    return handshake.streamFollows();
  }

  /** Bytes came on the second connection. */
  void snapshotReceived(long address, int length, long nowNs) throws IOException {
    lastInputNs = nowNs;
    int at = 0;
    while (at < length && !handshake.snapshotFollows()) {
      String line = snapshotLine.take(UnsafeApi.getByte(address + at++));
      if (line != null) {
        perform(handshake.snapshotLine(line));
      }
    }
    SnapshotTransfer coming = transfer;
    if (coming == null || snapshotDone || at == length) {
      return;
    }
    coming.receive(address + at, length - at);
    if (coming.done()) {
      snapshotDone = true;
      if (second != null) {
        second.close();
      }
      host.snapshotComplete();
    }
  }

  /** Bytes came on the main channel. */
  void mainReceived(long address, int length) throws IOException {
    int at = 0;
    while (at < length && !handshake.streamFollows()) {
      String line = mainLine.take(UnsafeApi.getByte(address + at++));
      if (line != null) {
        perform(handshake.mainLine(line));
      }
    }
    if (at == length) {
      return;
    }
    early.add(address + at, length - at);
    if (early.bytes() >= earlyLimitBytes) {
      main.reading(false);
    }
  }

  private void perform(List<DualChannelHandshake.Step> steps) throws IOException {
    for (DualChannelHandshake.Step step : steps) {
      switch (step) {
        case DualChannelHandshake.Step.SendForSnapshot(byte[] bytes) -> {
          if (second != null) {
            second.send(bytes);
          }
        }
        case DualChannelHandshake.Step.SendOnMain(byte[] bytes) -> main.send(bytes);
        case DualChannelHandshake.Step.SnapshotFollows(String id, long offset) ->
            transfer = new SnapshotTransfer(host.snapshotBegins(id, offset));
        case DualChannelHandshake.Step.StreamFollows(String newId) -> host.mainContinues(newId);
        case DualChannelHandshake.Step.GiveUp(String reason) -> throw new IOException(reason);
      }
    }
  }

  /** Ends the second connection and gives memory back; the main channel is its owner's. */
  void release() {
    if (second != null) {
      second.close();
    }
    if (transfer != null) {
      transfer.close();
    }
  }
}
