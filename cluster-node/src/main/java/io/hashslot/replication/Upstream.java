package io.hashslot.replication;

import io.hashslot.journal.Journal;
import io.hashslot.journal.ReplicationHistory;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.keyspace.Shards;
import io.hashslot.persist.snapshot.LoadingProgress;
import io.hashslot.persist.snapshot.SnapshotFile;
import io.hashslot.persist.snapshot.SnapshotLane;
import io.hashslot.persist.snapshot.SnapshotLoader;
import io.hashslot.session.Traffic;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Function;
import org.agrona.UnsafeApi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Being a replica: finds the primary again and again, takes its snapshot, applies its stream,
 * acknowledges. Confined to the replication loop; what others may see is volatile.
 */
final class Upstream implements PrimaryLink.Host {
  /** What ROLE calls the state of the link. */
  enum LinkState {
    NONE("none"),
    CONNECT("connect"),
    CONNECTING("connecting"),
    HANDSHAKE("handshake"),
    SYNC("sync"),
    CONNECTED("connected");

    private final String text;

    LinkState(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /** The server around, as far as the link changes it. */
  interface Server {
    ReplicationHistory history();

    void history(ReplicationHistory next);

    /** Other data comes: whoever copies ours must start anew. */
    void dropReplicas(String reason);

    /** The data is being replaced. */
    void loading(boolean yes);

    /** The link stands and is in step, or no longer. */
    void linkUp(boolean yes);
  }

  private static final Logger LOG = LoggerFactory.getLogger(Upstream.class);
  private static final long SECOND_NS = 1_000_000_000L;
  private static final int RECLAIM_ENTRIES = 2000;

  private final ReplicationLoop loop;
  private final Keyspace keyspace;
  private final Journal journal;
  private final ReplicationSettings settings;
  private final SnapshotLane lane;
  private final LoadingProgress progress;
  private final Clock clock;
  private final Server server;
  private final Traffic traffic;
  private final Applier applier;

  private volatile @Nullable PrimaryEndpoint primary;
  private volatile LinkState state = LinkState.NONE;
  private volatile @Nullable PrimaryLink link;
  private volatile @Nullable PrimaryStream stream;
  private volatile long downSinceNs = -1;
  private volatile boolean halted;
  private boolean positionKnown = true;
  private boolean loadingSnapshot;
  private long nextTryNs;
  private long lastAckNs;
  private @Nullable FileChannel file;
  private @Nullable String comingId;
  private long comingOffset;

  Upstream(
      ReplicationLoop loop,
      Keyspace keyspace,
      Journal journal,
      ReplicationSettings settings,
      SnapshotLane lane,
      LoadingProgress progress,
      Clock clock,
      Server server,
      Traffic traffic,
      Function<Runnable, Applier> applier) {
    this.loop = loop;
    this.keyspace = keyspace;
    this.journal = journal;
    this.settings = settings;
    this.lane = lane;
    this.progress = progress;
    this.clock = clock;
    this.server = server;
    this.traffic = traffic;
    this.applier = applier.apply(this::resume);
  }

  @Nullable PrimaryEndpoint primary() {
    return primary;
  }

  LinkState state() {
    return state;
  }

  boolean connected() {
    return state == LinkState.CONNECTED;
  }

  /** Monotonic time since which the link is down, -1 if it never was up or is up. */
  long downSinceNs() {
    return downSinceNs;
  }

  /**
   * Milliseconds since the primary was heard, or since the link went down; {@link Long#MAX_VALUE}
   * if it never was up.
   */
  long silenceMs() {
    PrimaryLink current = link;
    long nowNs = clock.monotonicNs();
    if (connected() && current != null) {
      return (nowNs - current.lastInputNs()) / 1_000_000;
    }
    long since = downSinceNs;
    return since < 0 ? Long.MAX_VALUE : (nowNs - since) / 1_000_000;
  }

  /** Seconds since the primary last sent anything, -1 without a link. */
  long idleSeconds() {
    PrimaryLink current = link;
    return current == null || !connected()
        ? -1
        : (clock.monotonicNs() - current.lastInputNs()) / SECOND_NS;
  }

  /** The snapshot on its way, null if there is none. */
  @Nullable SnapshotTransfer transfer() {
    PrimaryLink current = link;
    return state == LinkState.SYNC && current != null ? current.transfer() : null;
  }

  /**
   * Whether data and journal are in step: no command of the stream is between its effect and its
   * bytes in the journal.
   */
  boolean inStep() {
    PrimaryStream current = stream;
    return current == null || !current.applying();
  }

  /** Offset up to which bytes came from the primary. */
  long readOffset() {
    PrimaryStream current = stream;
    return current == null ? journal.end() : current.readOffset();
  }

  /**
   * Applies nothing more of the present stream, until {@link #follow}. Any thread; with all shards
   * held it returns when data and journal are in step.
   */
  void halt() {
    halted = true;
    while (!inStep()) {
      Thread.onSpinWait();
    }
  }

  /**
   * Follows a primary from now on.
   *
   * @param partial whether our own position may be offered
   */
  void follow(PrimaryEndpoint next, boolean partial) {
    stop();
    halted = false;
    positionKnown &= partial;
    primary = next;
    state = LinkState.CONNECT;
    nextTryNs = clock.monotonicNs();
    tick();
  }

  /** Follows nobody: our own history is one to continue from again. */
  void lead() {
    stop();
    positionKnown = true;
  }

  private void stop() {
    primary = null;
    PrimaryLink current = link;
    if (current != null) {
      current.abandon();
    }
    ended();
    state = LinkState.NONE;
    downSinceNs = -1;
  }

  /** Timers: several times a second. */
  void tick() {
    long nowNs = clock.monotonicNs();
    PrimaryLink current = link;
    if (current == null) {
      if (primary != null && !loadingSnapshot && nowNs - nextTryNs >= 0) {
        connect(nowNs);
      }
      return;
    }
    if (state != LinkState.SYNC || current.phase() != PrimaryLink.Phase.LOADING) {
      if (nowNs - current.lastInputNs() > settings.timeoutSeconds() * SECOND_NS) {
        current.lose("nothing came for " + settings.timeoutSeconds() + " s", false);
        return;
      }
    }
    if (nowNs - lastAckNs >= SECOND_NS) {
      lastAckNs = nowNs;
      current.acknowledge(journal.end());
      current.signOfLife();
    }
  }

  private void resume() {
    loop.execute(
        () -> {
          PrimaryLink current = link;
          if (current != null) {
            current.resume();
          }
        });
  }

  private void connect(long nowNs) {
    PrimaryEndpoint target = primary;
    if (target == null) {
      return;
    }
    state = LinkState.CONNECTING;
    LOG.info("Connecting to primary {}:{}", target.host(), target.port());
    boolean partial = positionKnown;
    ReplicaHandshake handshake =
        new ReplicaHandshake(
            settings.handshake(),
            partial ? server.history().id() : "?",
            partial ? journal.end() + 1 : -1,
            false);
    UpstreamChannel channel = new UpstreamChannel(clock, traffic);
    PrimaryLink next = new PrimaryLink(channel, this, handshake, nowNs);
    link = next;
    int timeoutMs = (int) Math.min(Integer.MAX_VALUE, settings.timeoutSeconds() * 1000);
    channel.connect(
        loop.netty(),
        target,
        timeoutMs,
        next,
        () -> {
          if (link == next) {
            state = LinkState.HANDSHAKE;
            next.connected();
          }
        },
        reason -> {
          if (link == next) {
            next.lose("cannot connect: " + reason, false);
          }
        });
  }

  @Override
  public SnapshotTransfer.Sink snapshotBegins(@Nullable String id, long offset) throws IOException {
    LOG.info("Full synchronisation with the primary's history {} at offset {}", id, offset);
    state = LinkState.SYNC;
    comingId = id;
    comingOffset = offset;
    FileChannel channel =
        FileChannel.open(
            temporary(),
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    file = channel;
    ByteBuffer portion = ByteBuffer.allocate(64 * 1024);
    return (address, length) -> {
      for (int at = 0; at < length; at += portion.limit()) {
        portion.clear().limit(Math.min(portion.capacity(), length - at));
        UnsafeApi.copyMemory(
            null,
            address + at,
            portion.array(),
            UnsafeApi.arrayBaseOffset(byte[].class),
            portion.limit());
        while (portion.hasRemaining()) {
          channel.write(portion);
        }
      }
    };
  }

  @Override
  public void snapshotComplete() throws IOException {
    FileChannel channel = file;
    PrimaryLink current = link;
    if (channel == null || current == null) {
      throw new IOException("no transfer under way");
    }
    file = null;
    server.dropReplicas("the data is replaced by the primary's");
    server.loading(true);
    positionKnown = false;
    loadingSnapshot = true;
    lane.execute(() -> load(current, channel));
  }

  /** On the snapshot lane. */
  private void load(PrimaryLink current, FileChannel channel) {
    SnapshotLoader.Loaded loaded = null;
    String problem = "";
    try (channel) {
      channel.force(true);
      Path target = settings.directory().resolve(settings.snapshotFileName());
      SnapshotFile.putInPlace(temporary(), target);
      forgetData();
      try (FileChannel from = FileChannel.open(target, StandardOpenOption.READ)) {
        progress.begin(from.size());
        loaded =
            SnapshotLoader.load(
                from,
                keyspace,
                new SnapshotLoader.Options(settings.checksum(), SnapshotLoader.Expired.KEEP),
                clock,
                progress);
      }
    } catch (IOException | RuntimeException e) {
      LOG.error("Cannot load the primary's snapshot", e);
      problem = String.valueOf(e.getMessage());
      forgetData();
    }
    SnapshotLoader.Loaded result = loaded;
    String reason = problem;
    loop.execute(() -> loaded(current, result, reason));
  }

  /** Drops all data; under all locks only for a moment. */
  private void forgetData() {
    Shards shards = keyspace.shards();
    shards.enterSlow(shards.all());
    try {
      for (int db = 0; db < keyspace.databases(); db++) {
        keyspace.flush(db, false);
      }
    } finally {
      shards.leave(shards.all());
    }
    for (int i = 0; i < shards.count(); i++) {
      boolean more = true;
      while (more) {
        shards.enterSlow(1L << i);
        try {
          more = shards.shard(i).reclaim(RECLAIM_ENTRIES);
        } finally {
          shards.leave(1L << i);
        }
      }
    }
  }

  private void loaded(PrimaryLink current, SnapshotLoader.@Nullable Loaded result, String problem) {
    loadingSnapshot = false;
    server.loading(false);
    if (current != link || halted) {
      return; // another primary, or none, by now
    }
    if (result == null) {
      current.lose("the snapshot could not be loaded: " + problem, true);
      return;
    }
    LOG.info("Loaded {} keys from the primary", result.keys());
    String id = comingId;
    if (id != null) {
      server.history(ReplicationHistory.of(id));
      positionKnown = true;
    }
    journal.restartAt(Math.max(0, comingOffset));
    journal.follow();
    journal.openBacklog();
    applier.restart(Math.max(0, result.streamDb()));
    start(current);
    current.acknowledge(journal.end());
  }

  @Override
  public PrimaryStream resumed(@Nullable String newId) {
    if (newId != null && !halted) {
      LOG.info("The primary's history continues as {}", newId);
      server.history(server.history().renamed(newId, journal.end()));
      server.dropReplicas("the primary's history has another name");
    }
    LOG.info("Partial synchronisation from offset {}", journal.end());
    journal.openBacklog();
    applier.restart(Math.max(0, journal.selectedDb()));
    return inStepWithPrimary();
  }

  private void start(PrimaryLink current) {
    current.startStream(inStepWithPrimary());
  }

  private PrimaryStream inStepWithPrimary() {
    PrimaryStream next = new PrimaryStream(journal, applier, this::acknowledge, () -> halted);
    stream = next;
    state = LinkState.CONNECTED;
    downSinceNs = -1;
    lastAckNs = clock.monotonicNs();
    server.linkUp(true);
    return next;
  }

  private void acknowledge(long offset) {
    PrimaryLink current = link;
    if (current != null) {
      current.acknowledge(offset);
    }
  }

  @Override
  public void lost(String reason, boolean forget) {
    LOG.warn("Link with the primary lost: {}", reason);
    boolean wasUp = connected();
    ended();
    if (forget) {
      positionKnown = false;
    }
    state = primary == null ? LinkState.NONE : LinkState.CONNECT;
    long nowNs = clock.monotonicNs();
    if (wasUp) {
      downSinceNs = nowNs;
      nextTryNs = nowNs;
      loop.execute(this::tick);
    } else {
      nextTryNs = nowNs + SECOND_NS;
    }
  }

  private void ended() {
    link = null;
    stream = null;
    server.linkUp(false);
    FileChannel channel = file;
    file = null;
    if (channel != null) {
      try {
        channel.close();
        Files.deleteIfExists(temporary());
      } catch (IOException e) {
        LOG.warn("Cannot remove an unfinished snapshot: {}", e.getMessage());
      }
    }
  }

  private Path temporary() {
    return settings
        .directory()
        .resolve(
            "temp-primary-"
                + ProcessHandle.current().pid()
                + "-"
                + System.identityHashCode(this)
                + ".rdb");
  }
}
