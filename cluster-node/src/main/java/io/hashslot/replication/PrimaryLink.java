package io.hashslot.replication;

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
final class PrimaryLink implements UpstreamListener, DualChannelSync.Host {
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
     * @throws IOException if it is not followed there
     */
    PrimaryStream resumed(@Nullable String newId) throws IOException;

    /**
     * The snapshot will come over a second connection, which has to be opened now; what becomes of
     * that is told with {@link #connectedForSnapshot} and its neighbours.
     */
    void connectForSnapshot();

    /** How much of the stream may wait here until a snapshot is loaded, bytes. */
    long earlyLimitBytes();

    /**
     * The snapshot comes over a second connection, and the stream now over this one; it may be
     * {@linkplain #startStream started} once the snapshot is loaded, but not from within this call.
     *
     * @param newId the primary's history if it has another name by now, else null
     */
    void mainContinues(@Nullable String newId);

    /** Runs something soon, on the link's thread. */
    void soon(Runnable task);

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
    /** The snapshot comes over a second connection or is being loaded, the stream waits. */
    TWO_CONNECTIONS,
    STREAM,
    CLOSED
  }

  /** So much of what waited is applied before others have their turn. */
  private static final int DRAIN_BYTES = 1 << 20;

  private final Wire wire;
  private final Host host;
  private final ReplicaHandshake handshake;
  private final LineAssembly lines = new LineAssembly();
  private final EarlyStream early = new EarlyStream();

  private Phase phase = Phase.HANDSHAKE;
  private @Nullable SnapshotTransfer transfer;
  private @Nullable DualChannelSync dual;
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

  /** Monotonic time of the last byte from the primary that brings us further. */
  long lastInputNs() {
    DualChannelSync both = dual;
    return both == null || both.snapshotDone() ? lastInputNs : both.lastInputNs();
  }

  /** The snapshot under way, null if there is none. */
  @Nullable SnapshotTransfer transfer() {
    DualChannelSync both = dual;
    return both == null ? transfer : both.transfer();
  }

  /** Whether all of a snapshot has come, and is not loaded yet. */
  boolean snapshotDone() {
    DualChannelSync both = dual;
    return phase == Phase.LOADING || (both != null && both.snapshotDone());
  }

  /** Whether the stream comes here already, or will without being asked for. */
  boolean streamFollows() {
    return dual == null || dual.streamFollows();
  }

  /** What came of the stream before it could be applied. */
  EarlyStream early() {
    return early;
  }

  /** The stream, null before it starts. */
  @Nullable PrimaryStream stream() {
    return stream;
  }

  /** The socket is connected. */
  void connected() {
    wire.send(handshake.begin());
  }

  @Override
  public void received(long address, int length, long nowNs) {
    lastInputNs = nowNs;
    int at = 0;
    try {
      while (at < length && phase != Phase.CLOSED) {
        long from = address + at;
        int left = length - at;
        at +=
            switch (phase) {
              case HANDSHAKE -> handshakeByte(UnsafeApi.getByte(from));
              case TRANSFER -> snapshotBytes(from, left);
              case LOADING -> hold(from, left);
              case TWO_CONNECTIONS -> mainChannel(from, left);
              case STREAM -> streamBytes(from, left);
              case CLOSED -> left;
            };
      }
    } catch (ProtocolException e) {
      lose("primary does not speak the replication protocol: " + e.getMessage(), true);
    } catch (IOException e) {
      lose("cannot synchronise: " + e.getMessage(), false);
    }
  }

  @Override
  public void closed(String reason) {
    lose(reason, false);
  }

  /** The second connection stands. */
  void connectedForSnapshot(Wire second) {
    if (dual != null && phase == Phase.TWO_CONNECTIONS) {
      dual.connected(second);
    } else {
      second.close();
    }
  }

  /** Bytes came on the second connection. */
  void receivedForSnapshot(long address, int length, long nowNs) {
    DualChannelSync both = dual;
    if (both == null || phase != Phase.TWO_CONNECTIONS) {
      return;
    }
    try {
      both.snapshotReceived(address, length, nowNs);
    } catch (IOException e) {
      lose("cannot synchronise: " + e.getMessage(), false);
    }
  }

  /** The second connection has ended, or could not be made. */
  void closedForSnapshot(String reason) {
    if (dual != null && !dual.snapshotDone()) {
      lose("connection for the snapshot: " + reason, false);
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
    if (dual != null) {
      dual.release();
      dual = null;
    }
    wire.reading(false);
    drain(loaded);
  }

  /** Applies what waited; then the socket is read again. */
  private void drain(PrimaryStream loaded) {
    try {
      if (!early.drainTo(loaded, DRAIN_BYTES)) {
        return;
      }
      if (early.isEmpty()) {
        wire.reading(true);
      } else {
        host.soon(this::resume);
      }
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
        drain(stream);
      }
    } catch (ProtocolException e) {
      lose("primary does not speak the replication protocol: " + e.getMessage(), true);
    }
  }

  /** Tells the primary how far we are. */
  void acknowledge(long offset) {
    acknowledge(offset, -1);
  }

  /** Tells the primary how far we are, and what of it is on disk; -1 says nothing of that. */
  void acknowledge(long offset, long durableOffset) {
    if (phase == Phase.STREAM) {
      String text = "$8\r\nREPLCONF\r\n$3\r\nACK\r\n" + number(offset);
      wire.send(
          (durableOffset < 0
                  ? "*3\r\n" + text
                  : "*5\r\n" + text + "$4\r\nFACK\r\n" + number(durableOffset))
              .getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static String number(long number) {
    String digits = Long.toString(number);
    return "$" + digits.length() + "\r\n" + digits + "\r\n";
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
    } else if (phase == Phase.TWO_CONNECTIONS && dual != null) {
      dual.readingSnapshot(on);
    }
  }

  /** A sign of life while the old data is dropped or the new is loaded. */
  void signOfLife() {
    boolean two = phase == Phase.TWO_CONNECTIONS && streamFollows();
    if (phase == Phase.LOADING || phase == Phase.TRANSFER || two) {
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
    if (dual != null) {
      dual.release();
    }
    if (stream != null) {
      stream.close();
    }
    return true;
  }

  private int handshakeByte(byte b) throws IOException {
    String line = lines.take(b);
    if (line != null) {
      for (ReplicaHandshake.Step step : handshake.line(line)) {
        perform(step);
      }
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
      case ReplicaHandshake.Step.DualChannel() -> {
        phase = Phase.TWO_CONNECTIONS;
        dual =
            new DualChannelSync(
                this, wire, early, host.earlyLimitBytes(), handshake.settings(), lastInputNs);
        host.connectForSnapshot();
      }
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
    early.add(address, length);
    return length;
  }

  private int mainChannel(long address, int length) throws IOException {
    if (dual == null) {
      throw new IllegalStateException("no second connection");
    }
    dual.mainReceived(address, length);
    return length;
  }

  @Override
  public SnapshotTransfer.Sink snapshotBegins(@Nullable String id, long offset) throws IOException {
    return host.snapshotBegins(id, offset);
  }

  @Override
  public void snapshotComplete() throws IOException {
    host.snapshotComplete();
  }

  @Override
  public void mainContinues(@Nullable String newId) {
    host.mainContinues(newId);
  }

  private int streamBytes(long address, int length) {
    if (stream == null) {
      throw new IllegalStateException("no stream");
    }
    if (!early.isEmpty()) {
      early.add(address, length); // behind what waits
    } else if (!stream.receive(address, length)) {
      wire.reading(false);
    }
    return length;
  }
}
