package io.hashslot.replication;

import io.hashslot.journal.Journal;
import io.hashslot.journal.JournalReader;
import io.hashslot.journal.JournalSlice;
import io.hashslot.resp.Decimal;
import io.hashslot.resp.Request;
import io.hashslot.session.Link;
import io.hashslot.session.Session;
import io.hashslot.time.Clock;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.UnsafeApi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One replica of ours, from its PSYNC on: what it has been sent and what it has acknowledged. Its
 * socket belongs to the loop it connected through; fields that others read are volatile, everything
 * else happens on that loop. What is sent from other threads is posted to it, in order.
 */
final class Replica implements Link.RawPeer {
  /** How far its synchronisation is; INFO shows the text. */
  enum State {
    WAIT_START("wait_bgsave"),
    WAIT_END("wait_bgsave"),
    SEND_BULK("send_bulk"),
    /** The whole snapshot was sent; the stream starts with the first acknowledgement. */
    WAIT_ACK("wait_bgsave"),
    /** It loads a snapshot that came over a connection of its own; the stream flows already. */
    BACKGROUND("bg_transfer"),
    ONLINE("online");

    private final String text;

    State(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /** Who is told of what happens to replicas. */
  interface Observer {
    /** The stream flows to it from now on. On the replica's loop. */
    void online(Replica replica);

    /** What the journal has is about to be sent to it. On the replica's loop. */
    default void feeding() {}

    /** It acknowledged an offset. On the replica's loop. */
    void acknowledged(Replica replica);

    /** It is gone. On the replica's loop. */
    void gone(Replica replica);
  }

  private static final Logger LOG = LoggerFactory.getLogger(Replica.class);

  /**
   * Feeding stops at so many unsent bytes: above the mark at which the link will say that it is
   * writable again.
   */
  private static final long MOST_PENDING_BYTES = 5 << 20;

  private static final int SLICE_BYTES = 64 * 1024;

  private final Session session;
  private final Link link;
  private final ReplicaProfile profile;
  private final boolean plainSync;
  private final boolean gathersPackets;
  private final Journal journal;
  private final Clock clock;
  private final Observer observer;
  private final String ip;

  /** Bytes handed to {@link #send} that the link has not got yet. */
  private final AtomicLong posted = new AtomicLong();

  private volatile State state = State.WAIT_START;
  private volatile long acknowledgedOffset;
  private volatile long acknowledgedAtNs;
  private volatile long durableOffset = -1;
  private volatile long linkPendingBytes;
  private volatile boolean gone;
  private volatile @Nullable JournalReader reader;

  /** The history that it follows ends here: it is sent nothing of what comes after. */
  private volatile long streamEnd = Long.MAX_VALUE;

  private boolean feeding;

  /** Since when it is beyond the soft limit, 0 if it is not; the replication loop's. */
  private long softLimitSinceNs;

  /**
   * @param plainSync whether it asked with SYNC: it expects no reply line and may never acknowledge
   * @param gathersPackets directive {@code repl-disable-tcp-nodelay}
   */
  Replica(
      Session session,
      ReplicaProfile profile,
      boolean plainSync,
      boolean gathersPackets,
      Journal journal,
      Clock clock,
      Observer observer) {
    this.gathersPackets = gathersPackets;
    this.session = session;
    this.profile = profile;
    this.plainSync = plainSync;
    this.journal = journal;
    this.clock = clock;
    this.observer = observer;
    link = session.link();
    String announced = profile.announcedIp();
    String peer = link.peer();
    int colon = peer.lastIndexOf(':');
    ip = announced != null ? announced : colon < 0 ? peer : peer.substring(0, colon);
    acknowledgedAtNs = clock.monotonicNs();
  }

  State state() {
    return state;
  }

  /** The number of its connection. */
  long id() {
    return session.id();
  }

  /** What INFO calls its connection. */
  String type() {
    if (profile.snapshotChannel()) {
      return "rdb-channel";
    }
    return state == State.BACKGROUND ? "main-channel" : "replica";
  }

  boolean online() {
    return state == State.ONLINE;
  }

  boolean gone() {
    return gone;
  }

  boolean plainSync() {
    return plainSync;
  }

  ReplicaProfile profile() {
    return profile;
  }

  String ip() {
    return ip;
  }

  int port() {
    return profile.listeningPort();
  }

  /** Up to where it has everything on disk; -1 if it never said. */
  long durableOffset() {
    return durableOffset;
  }

  long acknowledgedOffset() {
    return acknowledgedOffset;
  }

  /** Monotonic time of its last acknowledgement, or of going online. */
  long acknowledgedAtNs() {
    return acknowledgedAtNs;
  }

  /** Whole seconds since its last acknowledgement, 0 while it is not online. */
  long lagSeconds(long nowNs) {
    return online() ? (nowNs - acknowledgedAtNs) / 1_000_000_000L : 0;
  }

  /** Bytes on their way to it that the socket has not taken; about. */
  long unsentBytes() {
    return posted.get() + linkPendingBytes;
  }

  /** Bytes of the stream it has not been sent. */
  long behindBytes() {
    JournalReader mine = reader;
    return mine == null ? 0 : mine.lagBytes();
  }

  /**
   * Whether it has been further behind than the soft limit for too long. Asked about once a second,
   * by one thread.
   */
  boolean overSoftLimit(long limitBytes, long limitSeconds, long nowNs) {
    if (behindBytes() + unsentBytes() <= limitBytes) {
      softLimitSinceNs = 0;
      return false;
    }
    if (softLimitSinceNs == 0) {
      softLimitSinceNs = nowNs;
    }
    return nowNs - softLimitSinceNs > limitSeconds * 1_000_000_000L;
  }

  void state(State next) {
    state = next;
  }

  /** The stream starts here, once the snapshot is there. Any thread. */
  void streamFrom(JournalReader from) {
    reader = from;
    if (streamEnd != Long.MAX_VALUE) {
      from.stopAt(streamEnd);
    }
    if (gone) {
      from.close();
    }
  }

  /**
   * Sends nothing of the stream from this position on, what else may happen until it is
   * disconnected: it would take it for a part of the history that it knows. Any thread.
   */
  void endStreamAt(long position) {
    streamEnd = position;
    JournalReader mine = reader;
    if (mine != null) {
      mine.stopAt(position);
    }
  }

  /** What the reader runs when the journal has more. Any thread. */
  void wake() {
    session.loop().execute(this::feed);
  }

  /** Sends a line or another short text. Any thread. */
  void send(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    long copy = UnsafeApi.allocateMemory(bytes.length);
    UnsafeApi.copyMemory(bytes, UnsafeApi.arrayBaseOffset(byte[].class), null, copy, bytes.length);
    post(copy, bytes.length);
  }

  /** Sends a copy of some bytes. Any thread. */
  void send(long address, int length) {
    long copy = UnsafeApi.allocateMemory(Math.max(1, length));
    UnsafeApi.copyMemory(address, copy, length);
    post(copy, length);
  }

  private void post(long copy, int length) {
    posted.addAndGet(length);
    session
        .loop()
        .execute(
            () -> {
              if (!gone) {
                link.sendRaw(copy, length);
                linkPendingBytes = link.pendingOutputBytes();
              }
              posted.addAndGet(-length);
              UnsafeApi.freeMemory(copy);
            });
  }

  /** Looks again how much the socket has not taken. Any thread; the result comes later. */
  void measure() {
    session.loop().execute(() -> linkPendingBytes = gone ? 0 : link.pendingOutputBytes());
  }

  /** The stream flows from now on. Any thread. */
  void goOnline() {
    session
        .loop()
        .execute(
            () -> {
              if (gone) {
                return;
              }
              if (profile.snapshotOnly()) {
                session.closeAfterReply();
                return;
              }
              acknowledgedAtNs = clock.monotonicNs();
              state = State.ONLINE;
              LOG.info("Replica {}:{} is online", ip, port());
              observer.online(this);
              observer.acknowledged(this); // what it has said before counts from now on
              feed();
            });
  }

  /** The stream flows from now on, to a replica that still loads its snapshot. Any thread. */
  void goOnInBackground() {
    session
        .loop()
        .execute(
            () -> {
              if (!gone) {
                state = State.BACKGROUND;
                feed();
              }
            });
  }

  /** Closes the link. Any thread. */
  void disconnect(String reason) {
    session
        .loop()
        .execute(
            () -> {
              if (!gone) {
                LOG.info("Disconnecting replica {}:{}: {}", ip, port(), reason);
                link.closeNow();
              }
            });
  }

  private void feed() {
    JournalReader from = reader;
    boolean flows = state == State.ONLINE || state == State.BACKGROUND;
    if (!flows || gone || from == null || feeding) {
      return;
    }
    feeding = true;
    try {
      observer.feeding();
      while (link.pendingOutputBytes() < MOST_PENDING_BYTES) {
        try (JournalSlice slice = from.take(SLICE_BYTES)) {
          if (slice == null) {
            break;
          }
          link.sendRaw(slice.address(), slice.length());
        }
      }
      linkPendingBytes = link.pendingOutputBytes();
      if (from.dropped()) {
        disconnect("it is too far behind");
      }
    } finally {
      feeding = false;
    }
  }

  @Override
  public void onRequest(Request request) {
    if (request.is(0, "REPLCONF")) {
      if (request.count() >= 3 && request.is(1, "ACK")) {
        acknowledge(request);
      }
    } else if (!request.is(0, "PSYNC") && !request.is(0, "SYNC")) {
      disconnect("it sent a command that is not for a primary's replica: " + request.text(0));
    }
  }

  private void acknowledge(Request request) {
    long offset = Decimal.parse(request.address(2), request.length(2));
    if (offset == Decimal.NOT_A_NUMBER) {
      return;
    }
    if (offset > acknowledgedOffset) {
      acknowledgedOffset = offset;
    }
    if (request.count() > 4 && request.is(3, "FACK")) {
      // NOT_A_NUMBER is less than all of them.
      durableOffset = Math.max(durableOffset, Decimal.parse(request.address(4), request.length(4)));
    }
    acknowledgedAtNs = clock.monotonicNs();
    if (state == State.WAIT_ACK || state == State.BACKGROUND) {
      goOnline();
    }
    observer.acknowledged(this);
  }

  @Override
  public void onClosed() {
    gone = true;
    JournalReader mine = reader;
    if (mine != null) {
      mine.close();
    }
    LOG.info("Connection with replica {}:{} lost", ip, port());
    observer.gone(this);
  }

  @Override
  public void onWritable() {
    feed();
  }

  @Override
  public boolean gathersPackets() {
    return gathersPackets;
  }

  @Override
  public @Nullable String overLimit(long pendingBytes) {
    return null; // bounded by feed(); how far it may be behind is the journal reader's limit
  }
}
