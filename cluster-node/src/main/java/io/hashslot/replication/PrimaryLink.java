package io.hashslot.replication;

import io.hashslot.resp.NativeOutput;
import io.hashslot.resp.ProtocolException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.agrona.UnsafeApi;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the primary, from PING to the last byte of the stream: routes what comes to the
 * handshake, to the snapshot and to the stream, in this order. Free of sockets; all methods run on
 * one thread.
 */
final class PrimaryLink {
  /** The socket. */
  interface Wire {
    /** Sends bytes soon. */
    void send(byte[] bytes);

    /** Stops or goes on reading; some bytes may still come after a stop. */
    void reading(boolean on);

    /** Closes; no more callbacks. */
    void close();

    /** The peer's address as {@code ip:port}, empty if unknown. */
    default String peer() {
      return "";
    }

    /** Our own address as {@code ip:port}, empty if unknown. */
    default String local() {
      return "";
    }
  }

  /** Who owns the link and knows what the server is. */
  interface Host {
    /** A snapshot of this history will come. */
    SnapshotTransfer.Sink snapshotBegins(@Nullable String id, long offset) throws IOException;

    /** The snapshot is complete: load it, then {@link #startStream}, from the link's thread. */
    void snapshotComplete() throws IOException;

    /**
     * The primary continues where we asked.
     *
     * @param newId its history if it has another name now
     */
    PrimaryStream resumed(@Nullable String newId);

    /**
     * The link is no more. {@code forget}: the position in the primary's stream cannot be trusted
     * either.
     */
    void lost(String reason, boolean forget);
  }

  /** What the link is doing. */
  enum Phase {
    HANDSHAKE,
    TRANSFER,
    LOADING,
    STREAM,
    CLOSED
  }

  private static final int LONGEST_LINE = 1024;

  private final Wire wire;
  private final Host host;
  private final ReplicaHandshake handshake;
  private final StringBuilder line = new StringBuilder();

  /** Stream bytes that came before the snapshot was loaded. */
  private final NativeOutput early = new NativeOutput(16);

  private Phase phase = Phase.HANDSHAKE;
  private @Nullable SnapshotTransfer transfer;
  private @Nullable PrimaryStream stream;
  private volatile long lastInputNs;

  PrimaryLink(Wire wire, Host host, ReplicaHandshake handshake, long nowNs) {
    this.wire = wire;
    this.host = host;
    this.handshake = handshake;
    lastInputNs = nowNs;
  }

  Phase phase() {
    return phase;
  }

  /** Monotonic time of the last byte from the primary. */
  long lastInputNs() {
    return lastInputNs;
  }

  /** The snapshot under way, null if there is none. */
  @Nullable SnapshotTransfer transfer() {
    return transfer;
  }

  /** The stream, null before it starts. */
  @Nullable PrimaryStream stream() {
    return stream;
  }

  /** The socket is connected. */
  void connected() {
    wire.send(handshake.begin());
  }

  /** Bytes came. */
  void received(long address, int length, long nowNs) {
    lastInputNs = nowNs;
    int at = 0;
    try {
      while (at < length && phase != Phase.CLOSED) {
        long from = address + at;
        int left = length - at;
        at +=
            switch (phase) {
              case HANDSHAKE -> handshakeByte((char) (UnsafeApi.getByte(from) & 0xff));
              case TRANSFER -> snapshotBytes(from, left);
              case LOADING -> hold(from, left);
              case STREAM -> streamBytes(from, left);
              case CLOSED -> left;
            };
      }
    } catch (ProtocolException e) {
      lose("primary does not speak the replication protocol: " + e.getMessage(), true);
    } catch (IOException e) {
      lose("cannot take the snapshot: " + e.getMessage(), false);
    }
  }

  /** The host has loaded the snapshot (or resumed): what comes now is the stream. */
  void startStream(PrimaryStream loaded) {
    if (phase == Phase.CLOSED) {
      loaded.close();
      return;
    }
    stream = loaded;
    phase = Phase.STREAM;
    try {
      if (early.position() == 0 || loaded.receive(early.address(), early.position())) {
        wire.reading(true);
      }
      early.release();
    } catch (ProtocolException e) {
      lose("primary does not speak the replication protocol: " + e.getMessage(), true);
    }
  }

  /** Shards that the stream waited for may be free now. */
  void resume() {
    if (phase != Phase.STREAM || stream == null) {
      return;
    }
    try {
      if (stream.resume()) {
        wire.reading(true);
      }
    } catch (ProtocolException e) {
      lose("primary does not speak the replication protocol: " + e.getMessage(), true);
    }
  }

  /** Tells the primary how far we are. */
  void acknowledge(long offset) {
    if (phase == Phase.STREAM) {
      String digits = Long.toString(offset);
      wire.send(
          ("*3\r\n$8\r\nREPLCONF\r\n$3\r\nACK\r\n$" + digits.length() + "\r\n" + digits + "\r\n")
              .getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** The primary's address, empty if unknown. */
  String peer() {
    return wire.peer();
  }

  /** Our own address on this link, empty if unknown. */
  String local() {
    return wire.local();
  }

  /** Whether the primary has been asked for its stream. */
  boolean psyncSent() {
    return handshake.psyncSent();
  }

  /** Stops or goes on reading while a snapshot is loaded as it comes. */
  void reading(boolean on) {
    if (phase == Phase.TRANSFER) {
      wire.reading(on);
    }
  }

  /** A sign of life while the old data is dropped or the new is loaded. */
  void signOfLife() {
    if (phase == Phase.LOADING || phase == Phase.TRANSFER) {
      wire.send(new byte[] {'\n'});
    }
  }

  /** The peer closed, or the owner wants no more of it. Tells the host once. */
  void lose(String reason, boolean forget) {
    if (release()) {
      host.lost(reason, forget);
    }
  }

  /** Closes without telling the host. */
  void abandon() {
    release();
  }

  private boolean release() {
    if (phase == Phase.CLOSED) {
      return false;
    }
    phase = Phase.CLOSED;
    wire.close();
    early.release();
    if (transfer != null) {
      transfer.close();
    }
    if (stream != null) {
      stream.close();
    }
    return true;
  }

  private int handshakeByte(char c) throws IOException {
    if (c != '\n') {
      if (c != '\r') {
        line.append(c);
      }
      if (line.length() > LONGEST_LINE) {
        lose("primary sends no lines", false);
      }
      return 1;
    }
    String complete = line.toString();
    line.setLength(0);
    for (ReplicaHandshake.Step step : handshake.line(complete)) {
      perform(step);
    }
    return 1;
  }

  private void perform(ReplicaHandshake.Step step) throws IOException {
    switch (step) {
      case ReplicaHandshake.Step.Send(byte[] bytes) -> wire.send(bytes);
      case ReplicaHandshake.Step.FullSync(String id, long offset) -> {
        transfer = new SnapshotTransfer(host.snapshotBegins(id, offset));
        phase = Phase.TRANSFER;
      }
      case ReplicaHandshake.Step.Resume(String newId) -> startStream(host.resumed(newId));
      case ReplicaHandshake.Step.GiveUp(String reason) -> lose(reason, false);
    }
  }

  private int snapshotBytes(long address, int length) throws IOException {
    if (transfer == null) {
      throw new IllegalStateException("no transfer");
    }
    int taken = transfer.receive(address, length);
    if (transfer.done()) {
      phase = Phase.LOADING;
      wire.reading(false);
      host.snapshotComplete();
    }
    return taken;
  }

  private int hold(long address, int length) {
    early.put(address, length);
    return length;
  }

  private int streamBytes(long address, int length) {
    if (stream == null) {
      throw new IllegalStateException("no stream");
    }
    if (!stream.receive(address, length)) {
      wire.reading(false);
    }
    return length;
  }
}
