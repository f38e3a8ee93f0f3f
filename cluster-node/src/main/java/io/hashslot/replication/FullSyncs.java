package io.hashslot.replication;

import io.hashslot.journal.Journal;
import io.hashslot.journal.JournalReader;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.persist.snapshot.SnapshotCut;
import io.hashslot.persist.snapshot.SnapshotInfo;
import io.hashslot.persist.snapshot.SnapshotLane;
import io.hashslot.persist.snapshot.SnapshotWriter;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.agrona.BufferUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Full synchronisations: replicas wait here until a snapshot starts for all of them, and get it
 * together. Straight to the sockets when all of them can take a snapshot of unknown length, through
 * a file otherwise. Waiting is the replication loop's; taking and sending the snapshot is the
 * snapshot lane's.
 *
 * <p>At the moment of the cut each replica gets a reader at the journal's end, so what is written
 * while the snapshot travels waits for it in the journal.
 */
final class FullSyncs {
  /** What the snapshot has to be in step with. */
  interface Source {
    /** All shards are held: makes sure there is a backlog, and says where the data stands. */
    Position position();

    /** Whether data and journal are at the same place now; all shards are held. */
    boolean inStep();

    /** Those who wait will read on from here; all shards are held. */
    void begun();
  }

  /**
   * Where the data stands.
   *
   * @param streamDb database the stream stands in
   */
  record Position(String historyId, long offset, int streamDb) {}

  private static final Logger LOG = LoggerFactory.getLogger(FullSyncs.class);
  private static final int FILE_PORTION_BYTES = 64 * 1024;
  private static final long SIGN_OF_LIFE_NS = 1_000_000_000L;

  private final Keyspace keyspace;
  private final ReplicationSettings settings;
  private final SnapshotLane lane;
  private final Clock clock;
  private final RandomGenerator random;
  private final Source source;
  private final Journal journal;
  private final PromisedPositions promised;
  private final SlotMarks slotMarks;
  private final List<Replica> waiting = new ArrayList<>();
  private volatile boolean running;

  /** Whose file is being written, null if none is. */
  private volatile @Nullable FileSync writing;

  private volatile Runnable streamBegins = () -> {};
  private long firstCameNs;
  private long lastSignNs;

  FullSyncs(Replication.Parts parts, PromisedPositions promised, Source source) {
    this.promised = promised;
    keyspace = parts.keyspace();
    journal = parts.journal();
    settings = parts.settings();
    lane = parts.lane();
    clock = parts.clock();
    random = parts.random();
    this.source = source;
    slotMarks = parts.slotMarks();
  }

  /** Sets what is done at the cut, when the streams of replicas have begun. */
  void onStreamBegin(Runnable action) {
    streamBegins = action;
  }

  /** Whether a snapshot for replicas is being taken or sent. */
  boolean running() {
    return running;
  }

  /** A replica needs everything. */
  void add(Replica replica) {
    FileSync present = writing;
    if (present != null && present.join(replica, journal, settings.outputHardLimitBytes())) {
      LOG.info("Replica {}:{} gets the snapshot under way", replica.ip(), replica.port());
      return;
    }
    if (waiting.isEmpty()) {
      firstCameNs = clock.monotonicNs();
    }
    waiting.add(replica);
    tick();
  }

  /** Starts what is due; keeps those who wait from giving up. */
  void tick() {
    long nowNs = clock.monotonicNs();
    waiting.removeIf(Replica::gone);
    if (nowNs - lastSignNs >= SIGN_OF_LIFE_NS) {
      lastSignNs = nowNs;
      waiting.forEach(replica -> replica.send("\n"));
      FileSync present = writing;
      if (present != null) {
        present.members().forEach(replica -> replica.send("\n"));
      }
    }
    if (!waiting.isEmpty() && !running && due(nowNs)) {
      List<Replica> batch = nextBatch();
      waiting.removeAll(batch);
      running = true;
      boolean diskless = diskless(batch);
      lane.execute(SnapshotLane.Work.SYNC, () -> run(batch, diskless));
    }
  }

  /** Those who want the same as the one that came first. */
  private List<Replica> nextBatch() {
    ReplicaProfile.Filter filter = waiting.getFirst().profile().filter();
    return waiting.stream().filter(replica -> replica.profile().filter() == filter).toList();
  }

  private boolean diskless(List<Replica> batch) {
    return (settings.disklessSync() || filter(batch) != ReplicaProfile.Filter.NONE)
        && batch.stream().allMatch(replica -> replica.profile().understandsEof());
  }

  private static ReplicaProfile.Filter filter(List<Replica> batch) {
    return batch.getFirst().profile().filter();
  }

  private boolean due(long nowNs) {
    List<Replica> batch = nextBatch();
    if (!diskless(batch)) {
      return true;
    }
    int enough = settings.disklessMaxReplicas();
    return (enough > 0 && batch.size() >= enough)
        || holdsNothing()
        || nowNs - firstCameNs >= settings.disklessDelaySeconds() * 1_000_000_000L;
  }

  /** Then one snapshot more costs nothing: a cluster that is being formed need not wait. */
  private boolean holdsNothing() {
    for (int database = 0; database < keyspace.databases(); database++) {
      if (keyspace.size(database) > 0) {
        return false;
      }
    }
    return true;
  }

  /** On the snapshot lane. */
  private void run(List<Replica> batch, boolean diskless) {
    try {
      BooleanSupplier inStep = source::inStep;
      int version = settings.rdbVersion();
      var opened =
          SnapshotCut.open(
              keyspace, settings.accessHints(), version, clock, inStep, () -> begin(batch));
      try (SnapshotCut cut = opened.cut()) {
        lane.taking(cut);
        cut.delayEntries(settings::entryDelayUs);
        Position at = opened.moment();
        LOG.info(
            "Full synchronisation of {} replica(s) from offset {}, {}",
            batch.size(),
            at.offset(),
            diskless ? "through the socket" : "through a file");
        FileSync sync = diskless ? null : new FileSync(at, batch);
        // Before anybody is told: whoever comes once others know of it may join.
        writing = sync;
        batch.forEach(replica -> announce(replica, at));
        if (sync == null) {
          throughSockets(batch, cut, info(version, at));
        } else {
          try {
            throughFile(sync, cut, info(version, at));
          } catch (IOException | RuntimeException e) {
            giveUp(sync.written(), e);
          }
        }
      }
    } catch (IOException | RuntimeException e) {
      giveUp(batch, e);
    } finally {
      writing = null;
      running = false;
    }
  }

  private static void giveUp(List<Replica> all, Exception why) {
    LOG.warn("Full synchronisation failed: {}", why.toString());
    all.forEach(replica -> replica.disconnect("its snapshot could not be taken"));
  }

  /** All shards are held. */
  private Position begin(List<Replica> batch) {
    Position at = source.position();
    for (Replica replica : batch) {
      JournalReader reader =
          journal.openReaderAtEnd(settings.outputHardLimitBytes(), replica::wake);
      if (replica.profile().snapshotChannel()) {
        promised.promise(replica, reader);
      } else {
        replica.streamFrom(reader);
      }
    }
    streamBegins.run();
    source.begun();
    return at;
  }

  /** Tells a replica of which moment its snapshot will be. */
  static void announce(Replica replica, Position at) {
    replica.state(Replica.State.WAIT_END);
    if (replica.profile().snapshotChannel()) {
      replica.send(
          "$ENDOFF:%d %s %d %d\r\n"
              .formatted(at.offset(), at.historyId(), at.streamDb(), replica.id()));
    } else if (!replica.plainSync()) {
      replica.send("+FULLRESYNC " + at.historyId() + " " + at.offset() + "\r\n");
    }
  }

  private SnapshotInfo info(int version, Position at) {
    return new SnapshotInfo(
        version,
        settings.serverVersion(),
        settings.compress(),
        settings.checksum(),
        at.historyId(),
        at.offset(),
        at.streamDb(),
        false,
        slotMarks.text());
  }

  private void throughSockets(List<Replica> batch, SnapshotCut cut, SnapshotInfo info)
      throws IOException {
    String mark = mark();
    SnapshotFanOut out =
        new SnapshotFanOut(batch, settings.timeoutSeconds() * 1_000_000_000L, clock);
    out.text("$EOF:" + mark + "\r\n");
    write(filter(batch), cut, info, out);
    // From here on an acknowledgement means that the snapshot was loaded.
    batch.forEach(replica -> replica.state(Replica.State.WAIT_ACK));
    out.text(mark);
    for (Replica replica : batch) {
      if (replica.profile().snapshotOnly()) {
        replica.goOnline();
      }
    }
  }

  private void write(
      ReplicaProfile.Filter filter, SnapshotCut cut, SnapshotInfo info, WritableByteChannel out)
      throws IOException {
    Collection<byte[]> functions = keyspace.functions().sources();
    switch (filter) {
      case NONE -> SnapshotWriter.write(cut, info, functions, keyspace.usedBytes(), clock, out);
      case ALL_BUT_FUNCTIONS -> SnapshotWriter.writeEmpty(info, functions, clock, out);
      case EVERYTHING -> SnapshotWriter.writeEmpty(info, List.of(), clock, out);
    }
  }

  private void throughFile(FileSync sync, SnapshotCut cut, SnapshotInfo info) throws IOException {
    writing = sync;
    Path file =
        settings
            .directory()
            .resolve(String.format(Locale.ROOT, "temp-repl-%d.rdb", ProcessHandle.current().pid()));
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      write(ReplicaProfile.Filter.NONE, cut, info, channel);
      cut.close();
      writing = null;
      List<Replica> all = sync.written();
      all.forEach(replica -> replica.state(Replica.State.SEND_BULK));
      SnapshotFanOut out =
          new SnapshotFanOut(all, settings.timeoutSeconds() * 1_000_000_000L, clock);
      out.text("$" + channel.size() + "\r\n");
      channel.position(0);
      copy(channel, out);
      all.forEach(Replica::goOnline);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static void copy(FileChannel from, SnapshotFanOut to) throws IOException {
    ByteBuffer portion = ByteBuffer.allocateDirect(FILE_PORTION_BYTES);
    try {
      while (from.read(portion) >= 0) {
        portion.flip();
        to.write(portion);
        portion.clear();
      }
    } finally {
      BufferUtil.free(portion);
    }
  }

  private String mark() {
    StringBuilder mark = new StringBuilder(40);
    for (int i = 0; i < 40; i++) {
      mark.append(Character.forDigit(random.nextInt(16), 16));
    }
    return mark.toString();
  }
}
