package io.hashslot.persist.snapshot;

import io.hashslot.function.FunctionLibraries;
import io.hashslot.journal.ReplicationHistory;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.keyspace.Shards;
import io.hashslot.persist.rdb.RdbEntry;
import io.hashslot.persist.rdb.RdbFormatException;
import io.hashslot.persist.rdb.RdbReader;
import io.hashslot.persist.rdb.RdbVisitor;
import io.hashslot.persist.rdb.RecordBatch;
import io.hashslot.time.Clock;
import io.hashslot.value.Kind;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads a snapshot into a keyspace that nobody writes to meanwhile, with all processors: the
 * calling thread reads, checks and cuts the input into records, {@link LoadingLanes} decode them
 * and build the entries. A record that is too large for that is built by the calling thread. Shards
 * are held for a batch of entries at a time, so that commands which are allowed while loading still
 * get through.
 *
 * <p>The order of records means nothing, but for one thing: a key that comes a second time is a
 * mistake, or takes the place of the first. As each key has one lane, and each lane works off its
 * records in their order, that is seen as if there was one thread.
 *
 * <p>Not for event loops: it waits for locks and for the input.
 */
public final class SnapshotLoader implements RdbVisitor, AutoCloseable {
  /** What becomes of keys whose time has come. */
  public enum Expired {
    /**
     * A primary starts: they are dropped. But if the snapshot belongs to a history, replicas may go
     * on from there and have to be told: then they are kept, and expire like any others.
     */
    DROP,
    /** A replica, or data that will become one's: the primary will say when they go. */
    KEEP
  }

  /**
   * How a snapshot is to be loaded.
   *
   * @param verifyChecksum directive {@code rdbchecksum}
   * @param merge whether keys that are there already are replaced; otherwise that is a mistake
   * @param firstDatabase the database that takes what stands in the snapshot's database 0
   */
  public record Options(boolean verifyChecksum, Expired expired, boolean merge, int firstDatabase) {
    /** Into empty databases. */
    public Options(boolean verifyChecksum, Expired expired) {
      this(verifyChecksum, expired, false, 0);
    }
  }

  /**
   * What was found in a snapshot.
   *
   * @param replicationId history of the data, null if it has none
   * @param replicationOffset offset of the data in it
   * @param streamDb database the stream stood in; -1: the replication fields must not be used
   * @param bytes length of the snapshot, where more may follow
   * @param slotStates what it says of slots that are being moved, null if nothing
   */
  public record Loaded(
      long keys,
      long expired,
      @Nullable String replicationId,
      long replicationOffset,
      int streamDb,
      long bytes,
      @Nullable String slotStates) {}

  private static final Logger LOG = LoggerFactory.getLogger(SnapshotLoader.class);

  /** Progress is told after so many entries. */
  private static final int TELL_EVERY = 1024;

  /** A record takes at least so many bytes: no more keys are prepared for than can come. */
  private static final int SMALLEST_RECORD = 4;

  private final Keyspace keyspace;
  private final Shards shards;
  private final Options options;
  private final LoadingProgress progress;
  private final LoadingLanes lanes;
  private final EntryBuilder builder;
  private final RdbReader reader;
  private final List<byte[]> functions = new ArrayList<>();
  private final Set<String> libraryNames = new HashSet<>();
  private final Set<Integer> preparedDatabases = new HashSet<>();
  private int database;
  private int untold;
  private @Nullable String replicationId;
  private long replicationOffset;
  private int streamDb = -1;
  private @Nullable String slotStates;

  private SnapshotLoader(
      RdbReader reader,
      Keyspace keyspace,
      Options options,
      Clock clock,
      LoadingProgress progress,
      LoadingLanes lanes) {
    this.reader = reader;
    this.keyspace = keyspace;
    this.options = options;
    this.progress = progress;
    this.lanes = lanes;
    shards = keyspace.shards();
    builder = new EntryBuilder(keyspace, options, clock);
    database = options.firstDatabase();
    builder.selectDb(database, 0);
  }

  /**
   * Loads everything.
   *
   * @param progress hears of the bytes read; what it throws ends the loading
   * @throws RdbFormatException if the snapshot is damaged, holds a key or a function library twice,
   *     more databases than there are, or types that cannot be held; what was loaded until then
   *     stays
   */
  public static Loaded load(
      ReadableByteChannel channel,
      Keyspace keyspace,
      Options options,
      Clock clock,
      LoadingProgress progress)
      throws IOException {
    int processors = Runtime.getRuntime().availableProcessors();
    try (RdbReader reader = new RdbReader(channel, options.verifyChecksum());
        LoadingLanes lanes = new LoadingLanes(keyspace, options, clock, processors);
        SnapshotLoader loader =
            new SnapshotLoader(reader, keyspace, options, clock, progress, lanes)) {
      reader.read(loader);
      lanes.finish();
      keyspace.functions().replaceAll(loader.functions);
      progress.advancedTo(reader.bytesRead());
      return new Loaded(
          lanes.loaded() + loader.builder.loaded(),
          lanes.dropped() + loader.builder.dropped(),
          loader.replicationId,
          loader.replicationOffset,
          loader.streamDb,
          reader.bytesRead(),
          loader.slotStates);
    }
  }

  /** Tables that are made from now on are small again. */
  @Override
  public void close() {
    for (int prepared : preparedDatabases) {
      expect(prepared, 0, 0);
    }
  }

  private void expect(int index, long keys, long expiring) {
    shards.enterSlow(shards.all());
    try {
      keyspace.expect(index, keys, expiring);
    } finally {
      shards.leave(shards.all());
    }
  }

  @Override
  public void aux(String name, String value) {
    switch (name.toLowerCase(Locale.ROOT)) {
      case "repl-id" -> {
        replicationId = value.length() == ReplicationHistory.ID_LENGTH ? value : null;
        if (replicationId != null) {
          builder.keepExpired();
          lanes.keepExpired();
        }
      }
      case "repl-offset" -> replicationOffset = number(value, 0);
      case "repl-stream-db" -> streamDb = (int) number(value, -1);
      case "cluster-slot-states" -> slotStates = value;
      case "used-mem" -> progress.usedMemory(number(value, 0));
      default -> {
        if (name.startsWith("%")) {
          LOG.info("snapshot says {}: {}", name, value);
        } else {
          LOG.debug("snapshot field {}: {}", name, value);
        }
      }
    }
  }

  @Override
  public void function(byte[] source, long offset) throws IOException {
    String name = FunctionLibraries.nameOf(source);
    if (name == null || !libraryNames.add(name)) {
      String problem = name == null ? "without a name" : "'" + name + "' a second time";
      throw new RdbFormatException("function library " + problem, offset);
    }
    functions.add(source);
  }

  @Override
  public void selectDb(int index, long offset) throws IOException {
    if (index >= keyspace.databases()) {
      throw new RdbFormatException("database " + index + " of " + keyspace.databases(), offset);
    }
    database = options.firstDatabase() + index;
    builder.selectDb(database, offset);
  }

  @Override
  public void sizeHint(long keys, long expiring) {
    long most = Math.max(0, progress.totalBytes() - reader.bytesRead()) / SMALLEST_RECORD;
    if (keys > 0) {
      preparedDatabases.add(database);
      expect(database, Math.min(keys, most), Math.clamp(expiring, 0, most));
    }
  }

  @Override
  public RecordBatch batch(RdbEntry entry) throws IOException {
    if (++untold == TELL_EVERY) {
      untold = 0;
      progress.advancedTo(reader.bytesRead());
    }
    progress.keyRead(reader.bytesRead());
    return lanes.batch(entry, database);
  }

  @Override
  public void string(RdbEntry entry, long value, int valueLength) throws IOException {
    long shard = enter(entry);
    try {
      builder.string(entry, value, valueLength);
    } finally {
      shards.leave(shard);
    }
  }

  @Override
  public void collection(RdbEntry entry, Kind kind, Reading reading) throws IOException {
    long shard = enter(entry);
    try {
      builder.collection(entry, kind, reading);
    } finally {
      shards.leave(shard);
    }
  }

  private long enter(RdbEntry entry) {
    long shard = builder.shardOf(entry);
    shards.enterSlow(shard);
    builder.atThisMoment();
    return shard;
  }

  private static long number(String text, long otherwise) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }
}
