package io.hashslot.persist.snapshot;

import io.hashslot.keyspace.Keyspace;
import io.hashslot.keyspace.Shards;
import io.hashslot.persist.rdb.Rdb;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves the data to the snapshot file: on request, in the background, and when the save points say
 * so; loads it at the start. Any thread may call.
 */
public final class Saver {
  /** The directives that saving asks for, each at the moment it needs them. */
  public interface Settings {
    /** {@code dir}. */
    Path directory();

    /** {@code dbfilename}. */
    String fileName();

    /** {@code rdbcompression}. */
    boolean compress();

    /** {@code rdbchecksum}. */
    boolean checksum();

    /** The version this server claims. */
    String serverVersion();

    /** What the snapshot tells of accesses; follows {@code maxmemory-policy}. */
    SnapshotCut.AccessHints accessHints();

    /** {@code save}. */
    List<SavePoint> savePoints();
  }

  /** Save after so many seconds if there were at least so many changes. */
  public record SavePoint(long seconds, long changes) {}

  /**
   * Where the data stands in its replication history.
   *
   * @param streamDb database the stream stands in
   */
  public record Position(String historyId, long offset, int streamDb) {}

  private static final Logger LOG = LoggerFactory.getLogger(Saver.class);
  private static final long PAUSE_AFTER_FAILURE_MS = 5000;

  private final Keyspace keyspace;
  private final SnapshotLane lane;
  private final Settings settings;
  private final Clock clock;
  private final LoadingProgress progress;
  private final BooleanSupplier inStep;
  private final Supplier<@Nullable Position> position;
  private final Consumer<Boolean> backgroundResult;

  private volatile boolean background;
  private volatile long lastSaveMs;
  private volatile long lastTryMs;
  private volatile boolean lastSucceeded = true;
  private volatile long changesAtLastSave;
  private volatile long saves;
  private volatile long lastBackgroundMs = -1;
  private volatile long lastLoadKeys;
  private volatile long lastLoadExpired;
  private volatile @Nullable SnapshotCut current;

  /**
   * @param progress hears how far loading has come
   * @param inStep whether data and history are at the same place; asked while all shards are held
   * @param position where the data stands, null if it has no history to speak of; asked while all
   *     shards are held
   * @param backgroundResult hears of each background save whether it succeeded
   */
  public Saver(
      Keyspace keyspace,
      SnapshotLane lane,
      Settings settings,
      Clock clock,
      LoadingProgress progress,
      BooleanSupplier inStep,
      Supplier<@Nullable Position> position,
      Consumer<Boolean> backgroundResult) {
    this.keyspace = keyspace;
    this.lane = lane;
    this.settings = settings;
    this.clock = clock;
    this.progress = progress;
    this.inStep = inStep;
    this.position = position;
    this.backgroundResult = backgroundResult;
    lastSaveMs = clock.wallMs();
  }

  /** Whether a snapshot is being taken, for the file or for replicas. */
  public boolean busy() {
    return lane.busy();
  }

  /** Whether a background save is under way. */
  public boolean savingInBackground() {
    return background;
  }

  /** Whether the last background save succeeded; true before the first. */
  public boolean lastSucceeded() {
    return lastSucceeded;
  }

  /** Unix time in seconds of the last save that succeeded, or of the start. */
  public long lastSaveSeconds() {
    return lastSaveMs / 1000;
  }

  /** How often the data has been saved to the file. */
  public long saves() {
    return saves;
  }

  /** Seconds that the last background save took; -1 before the first. */
  public long lastBackgroundSeconds() {
    long ms = lastBackgroundMs;
    return ms < 0 ? -1 : ms / 1000;
  }

  /** Seconds since the background save under way has begun; -1 if none is. */
  public long currentBackgroundSeconds(long nowMs) {
    return background ? Math.max(0, nowMs - lastTryMs) / 1000 : -1;
  }

  /** Keys of the file that was loaded last. */
  public long lastLoadKeys() {
    return lastLoadKeys;
  }

  /** Keys of the file that was loaded last whose time had come. */
  public long lastLoadExpired() {
    return lastLoadExpired;
  }

  /** Changes that a crash would lose. */
  public long changesSinceLastSave() {
    return changes() - changesAtLastSave;
  }

  /** Saves, and waits for it. Not for event loops. */
  public void save() throws IOException {
    CompletableFuture<Void> done = new CompletableFuture<>();
    lane.execute(
        () -> {
          try {
            write();
            done.complete(null);
          } catch (IOException | RuntimeException e) {
            done.completeExceptionally(e);
          }
        });
    try {
      done.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    }
  }

  /** Saves in the background. */
  public void saveInBackground() {
    background = true;
    lastTryMs = clock.wallMs();
    lane.execute(
        () -> {
          try {
            write();
            lastSucceeded = true;
          } catch (IOException | RuntimeException e) {
            LOG.error("Background saving failed", e);
            lastSucceeded = false;
          } finally {
            lastBackgroundMs = Math.max(0, clock.wallMs() - lastTryMs);
            background = false;
          }
          backgroundResult.accept(lastSucceeded);
        });
  }

  /** Saves in the background if a save point is reached. Call about once a second. */
  public void tick() {
    if (lane.busy()) {
      return;
    }
    long nowMs = clock.wallMs();
    if (!lastSucceeded && nowMs - lastTryMs < PAUSE_AFTER_FAILURE_MS) {
      return;
    }
    long changes = changesSinceLastSave();
    for (SavePoint point : settings.savePoints()) {
      if (changes >= point.changes() && nowMs - lastSaveMs > point.seconds() * 1000) {
        LOG.info("{} changes in {} seconds. Saving...", point.changes(), point.seconds());
        saveInBackground();
        return;
      }
    }
  }

  /**
   * Loads the file, if there is one.
   *
   * @return what it said, null if there is no file
   */
  public SnapshotLoader.@Nullable Loaded load(SnapshotLoader.Expired expired) throws IOException {
    return load(expired, false);
  }

  /** The same, and keys that are there already are replaced if {@code merge} says so. */
  public SnapshotLoader.@Nullable Loaded load(SnapshotLoader.Expired expired, boolean merge)
      throws IOException {
    Path file = settings.directory().resolve(settings.fileName());
    if (!Files.exists(file)) {
      return null;
    }
    long fromNs = clock.monotonicNs();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      progress.begin(channel.size());
      SnapshotLoader.Loaded loaded =
          SnapshotLoader.load(
              channel,
              keyspace,
              new SnapshotLoader.Options(settings.checksum(), expired, merge, 0),
              clock,
              progress);
      LOG.info(
          "Loaded {} keys, {} had expired, in {} ms",
          loaded.keys(),
          loaded.expired(),
          (clock.monotonicNs() - fromNs) / 1_000_000);
      lastLoadKeys = loaded.keys();
      lastLoadExpired = loaded.expired();
      changesAtLastSave = changes();
      return loaded;
    }
  }

  /** What is learned at the moment of the cut. */
  private record Moment(@Nullable Position position, long changes) {}

  private void write() throws IOException {
    long fromNs = clock.monotonicNs();
    var opened =
        SnapshotCut.open(
            keyspace,
            settings.accessHints(),
            clock,
            inStep,
            () -> new Moment(position.get(), changes()));
    try (SnapshotCut cut = opened.cut()) {
      current = cut;
      Position at = opened.moment().position();
      SnapshotInfo info =
          new SnapshotInfo(
              Rdb.VERSION_REDIS_7_0,
              settings.serverVersion(),
              settings.compress(),
              settings.checksum(),
              at == null ? null : at.historyId(),
              at == null ? 0 : at.offset(),
              at == null ? 0 : at.streamDb());
      SnapshotFile.replace(
          settings.directory().resolve(settings.fileName()),
          "temp-" + ProcessHandle.current().pid() + ".rdb",
          channel ->
              SnapshotWriter.write(cut, info, List.of(), keyspace.usedBytes(), clock, channel));
      changesAtLastSave = opened.moment().changes();
      lastSaveMs = clock.wallMs();
      countSave();
      LOG.info(
          "Saved {} keys in {} ms; longest hold of a shard {} us",
          cut.entriesWritten(),
          (clock.monotonicNs() - fromNs) / 1_000_000,
          cut.longestSliceNs() / 1000);
    } finally {
      current = null;
    }
  }

  /** Returns how many keys the save under way has written; 0 if there is none. */
  public long keysWritten() {
    SnapshotCut cut = current;
    return cut == null ? 0 : cut.entriesWritten();
  }

  /** Returns how many keys the save under way will write; 0 if there is none. */
  public long keysToWrite() {
    SnapshotCut cut = current;
    return cut == null ? 0 : cut.entriesAtCut();
  }

  /** Only the snapshot lane saves, one after the other. */
  private void countSave() {
    long before = saves;
    saves = before + 1;
  }

  private long changes() {
    Shards shards = keyspace.shards();
    long sum = 0;
    for (int i = 0; i < shards.count(); i++) {
      sum += shards.shard(i).stats().changes();
    }
    return sum;
  }
}
