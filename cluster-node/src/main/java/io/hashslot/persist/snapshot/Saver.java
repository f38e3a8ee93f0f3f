package io.hashslot.persist.snapshot;

import io.hashslot.keyspace.Keyspace;
import io.hashslot.keyspace.Shards;
import io.hashslot.persist.snapshot.SnapshotLane.Work;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves the data to the snapshot file: on request, in the background, and when the save points say
 * so; loads it at the start. Any thread may call.
 */
public final class Saver {
  /** Save after so many seconds if there were at least so many changes. */
  public record SavePoint(long seconds, long changes) {}

  /**
   * Where the data stands in its replication history.
   *
   * @param streamDb database the stream stands in
   */
  public record Position(String historyId, long offset, int streamDb) {}

  /**
   * A snapshot that has been saved.
   *
   * @param timeMs when it was taken, milliseconds since 1970
   * @param keys how many keys it holds
   * @param position where its data stands in a history, null if it has none to speak of
   */
  public record Saved(Path file, long timeMs, long keys, @Nullable Position position) {}

  private static final Logger LOG = LoggerFactory.getLogger(Saver.class);
  private static final long PAUSE_AFTER_FAILURE_MS = 5000;

  private final Keyspace keyspace;
  private final SnapshotLane lane;
  private final SaverSettings settings;
  private final Clock clock;
  private final LoadingProgress progress;
  private final BooleanSupplier inStep;
  private final Supplier<@Nullable Position> position;
  private volatile Runnable judged = () -> {};
  private volatile SnapshotKeeper keeper = SnapshotKeeper.NOBODY;

  private volatile boolean background;
  private volatile boolean scheduled;
  private volatile long lastSaveMs;
  private volatile long lastTryMs;
  private volatile boolean lastSucceeded = true;
  private volatile long changesAtLastSave;
  private final AtomicLong saves = new AtomicLong();
  private volatile long lastBackgroundMs = -1;
  private volatile long lastLoadKeys;
  private volatile long lastLoadExpired;
  private volatile @Nullable SnapshotCut current;

  /** How many background saves have begun, and up to which of them all have been given up. */
  private final AtomicLong begun = new AtomicLong();

  private volatile long givenUp;

  /** Held while a file is put in its place. */
  private final Object placing = new Object();

  /** Held while the file is written with everybody waiting. */
  private final Object oneStill = new Object();

  /** How often the file was replaced by one without data; under {@link #placing}. */
  private long flushes;

  /**
   * @param progress hears how far loading has come
   * @param inStep whether data and history are at the same place; asked while all shards are held
   * @param position where the data stands, null if it has no history to speak of; asked while all
   *     shards are held
   */
  public Saver(
      Keyspace keyspace,
      SnapshotLane lane,
      SaverSettings settings,
      Clock clock,
      LoadingProgress progress,
      BooleanSupplier inStep,
      Supplier<@Nullable Position> position) {
    this.keyspace = keyspace;
    this.lane = lane;
    this.settings = settings;
    this.clock = clock;
    this.progress = progress;
    this.inStep = inStep;
    this.position = position;
    lastSaveMs = clock.wallMs();
  }

  /** Sets who keeps the snapshots that are saved from now on. */
  public void keepBy(SnapshotKeeper newKeeper) {
    keeper = newKeeper;
  }

  /** Sets what runs, on any thread, whenever {@link #lastSucceeded} has been decided anew. */
  public void whenJudged(Runnable action) {
    judged = action;
  }

  /** Whether a snapshot is being taken in the background, for the file or for replicas. */
  public boolean savingInBackground() {
    return background || lane.busyWith(Work.SYNC);
  }

  /** Whether the append-only file is being written anew. */
  public boolean rewriting() {
    return lane.busyWith(Work.REWRITE);
  }

  /** False if the last background save failed, and nothing has been saved since. */
  public boolean lastSucceeded() {
    return lastSucceeded;
  }

  /** Unix time in seconds of the last save that succeeded, or of the start. */
  public long lastSaveSeconds() {
    return lastSaveMs / 1000;
  }

  /** How often saving the data to the file has been begun. */
  public long saves() {
    return saves.get();
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

  /**
   * Saves, and waits for it. If the append-only file is being rewritten, everybody waits meanwhile.
   * Not for event loops.
   */
  public void save() throws IOException {
    saves.incrementAndGet();
    if (rewriting()) {
      writeStill();
      saved();
      return;
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    lane.execute(
        Work.SAVE,
        () -> {
          try {
            write(() -> false);
            saved();
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

  private void saved() {
    judged.run();
    keeper.finish();
  }

  /** Saves in the background; false if a snapshot is being taken already. */
  public synchronized boolean saveInBackground() {
    if (savingInBackground()) {
      return false;
    }
    background = true;
    scheduled = false;
    lastTryMs = clock.wallMs();
    saves.incrementAndGet();
    long number = begun.incrementAndGet();
    LOG.info("Background saving started");
    lane.execute(Work.SAVE, () -> inBackground(number));
    return true;
  }

  /** Saves in the background as soon as nothing else of that sort is under way. */
  public void schedule() {
    scheduled = true;
  }

  /** Gives a background save up, should one be under way: it is as if it had not been begun. */
  public void cancel() {
    if (background) {
      givenUp = begun.get();
      SnapshotCut cut = current;
      if (cut != null) {
        cut.cancel();
      }
    }
  }

  /**
   * All data has just been deleted, and all shards are held. The file must not bring it back: if
   * there are save points, one without data takes its place before this returns.
   */
  public void flushed() {
    cancel();
    if (settings.savePoints().isEmpty()) {
      return;
    }
    synchronized (placing) {
      flushes++;
      try {
        SnapshotFile.replace(
            file(),
            "temp-" + ProcessHandle.current().pid() + "-empty.rdb",
            channel ->
                SnapshotWriter.writeEmpty(
                    info(settings.rdbVersion(), null),
                    keyspace.functions().sources(),
                    clock,
                    channel));
        saved(changes());
      } catch (IOException e) {
        failed("Cannot save after all data was deleted", e);
        return;
      }
    }
    judged.run();
  }

  private void inBackground(long number) {
    try {
      write(() -> givenUp >= number);
      LOG.info("Background saving terminated with success");
    } catch (IOException | RuntimeException e) {
      if (givenUp >= number) {
        LOG.info("Background saving was given up");
      } else {
        failed("Background saving error", e);
        lastSucceeded = false;
      }
    } finally {
      lastBackgroundMs = Math.max(0, clock.wallMs() - lastTryMs);
      judged.run();
      background = false;
    }
    keeper.finish();
  }

  /** Tells why; faults of the disk are no faults of the program, and need no trace of it. */
  private static void failed(String what, Exception why) {
    if (why instanceof IOException) {
      LOG.warn("{}: {}", what, why.toString());
    } else {
      LOG.error(what, why);
    }
  }

  /**
   * Saves in the background if that is scheduled or a save point is reached. Call about ten times a
   * second.
   */
  public void tick() {
    if (lane.busy()) {
      return;
    }
    long nowMs = clock.wallMs();
    if (!lastSucceeded && nowMs - lastTryMs < PAUSE_AFTER_FAILURE_MS) {
      return;
    }
    if (scheduled) {
      boolean _ = saveInBackground();
      return;
    }
    long changes = changesSinceLastSave();
    for (SavePoint point : settings.savePoints()) {
      if (changes >= point.changes() && nowMs - lastSaveMs > point.seconds() * 1000) {
        LOG.info("{} changes in {} seconds. Saving...", point.changes(), point.seconds());
        boolean _ = saveInBackground();
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
    Path file = file();
    if (!Files.exists(file)) {
      return null;
    }
    LOG.info("Loading {}", file);
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

  /**
   * What is learned at the moment of the cut.
   *
   * @param flushes how often the file had been replaced by one without data
   */
  private record Moment(@Nullable Position position, long changes, long flushes, long timeMs) {}

  private Moment moment() {
    synchronized (placing) {
      return new Moment(position.get(), changes(), flushes, clock.wallMs());
    }
  }

  private void write(BooleanSupplier givenUp) throws IOException {
    long fromNs = clock.monotonicNs();
    int version = settings.rdbVersion();
    var opened =
        SnapshotCut.open(keyspace, settings.accessHints(), version, clock, inStep, this::moment);
    try (SnapshotCut cut = opened.cut()) {
      current = cut;
      lane.taking(cut);
      long delayUs = settings.entryDelayUs();
      cut.delayEntries(() -> delayUs);
      if (givenUp.getAsBoolean()) {
        cut.cancel();
      }
      put("", opened.moment(), version, cut, cut::entriesWritten, () -> {});
      LOG.info(
          "DB saved on disk: {} keys in {} ms; longest hold of a shard {} us, memory taken {}"
              + " bytes",
          cut.entriesWritten(),
          (clock.monotonicNs() - fromNs) / 1_000_000,
          cut.longestSliceNs() / 1000,
          cut.peakHeldBytes());
    } finally {
      current = null;
    }
  }

  /** Writes while everybody waits; one at a time. */
  private void writeStill() throws IOException {
    int version = settings.rdbVersion();
    synchronized (oneStill) {
      try (StillSnapshot still =
          StillSnapshot.open(keyspace, settings.accessHints(), version, clock, inStep)) {
        long delayUs = settings.entryDelayUs();
        still.delayEntries(() -> delayUs);
        put("-still", moment(), version, still, still::entriesWritten, still::close);
        LOG.info("DB saved on disk: {} keys, while everybody waited", still.entriesWritten());
      }
    }
  }

  /**
   * Writes all data of a moment, and puts it in the place of the file.
   *
   * @param mark what tells its temporary file from that of others
   * @param read runs when all data was written, before it comes to the disk
   */
  private void put(
      String mark,
      Moment moment,
      int version,
      SnapshotData data,
      LongSupplier written,
      Runnable read)
      throws IOException {
    SnapshotInfo info = info(version, moment.position());
    SnapshotFile.replace(
        file(),
        "temp-" + ProcessHandle.current().pid() + mark + ".rdb",
        settings.forceAlong(),
        channel -> {
          var unused =
              SnapshotWriter.write(
                  data, info, keyspace.functions().sources(), keyspace.usedBytes(), clock, channel);
          read.run();
        },
        (temporary, target) -> place(temporary, target, moment, written.getAsLong()));
  }

  /** Puts a file in its place, unless all that is in it was deleted meanwhile. */
  private void place(Path temporary, Path target, Moment moment, long keys) throws IOException {
    synchronized (placing) {
      if (moment.flushes() != flushes) {
        Files.delete(temporary);
        return;
      }
      SnapshotFile.putInPlace(temporary, target);
      saved(moment.changes());
      keeper.placed(new Saved(target, moment.timeMs(), keys, moment.position()));
    }
  }

  /** The file holds all that was changed up to some number of changes. */
  private void saved(long changes) {
    changesAtLastSave = changes;
    lastSaveMs = clock.wallMs();
    lastSucceeded = true;
  }

  private Path file() {
    return settings.directory().resolve(settings.fileName());
  }

  private SnapshotInfo info(int version, @Nullable Position at) {
    return new SnapshotInfo(
        version,
        settings.serverVersion(),
        settings.compress(),
        settings.checksum(),
        at == null ? null : at.historyId(),
        at == null ? 0 : at.offset(),
        at == null ? 0 : at.streamDb(),
        false);
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
