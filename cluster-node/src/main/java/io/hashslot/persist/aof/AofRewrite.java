package io.hashslot.persist.aof;

import io.hashslot.journal.JournalMark;
import io.hashslot.journal.JournalReader;
import io.hashslot.persist.snapshot.SnapshotCut;
import io.hashslot.persist.snapshot.SnapshotFile;
import io.hashslot.persist.snapshot.SnapshotLane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One rewrite, on the snapshot thread: a new base with the data of one moment, and that moment is
 * the end of one increment and the beginning of the next. With all shards held the cut is opened
 * and the journal marked, so the two are the same moment.
 *
 * <p>If anything fails, everything goes on with the files there are: the increment that has begun
 * meanwhile is listed behind the others, and all of them together still say the same.
 */
final class AofRewrite {
  private static final Logger LOG = LoggerFactory.getLogger(AofRewrite.class);

  private static final long GLANCE_MS = 100;

  private final Aof aof;
  private final Aof.Parts parts;
  private final AofSettings settings;
  private final AofStore store;
  private final AofWriter writer;
  private volatile boolean cancelled;
  private volatile @Nullable SnapshotCut cut;

  AofRewrite(Aof aof, Aof.Parts parts, AofSettings settings, AofStore store, AofWriter writer) {
    this.aof = aof;
    this.parts = parts;
    this.settings = settings;
    this.store = store;
    this.writer = writer;
  }

  /** What belongs to the moment of the cut; the future says when the next file is written to. */
  private record Begun(Aof.Moment moment, CompletableFuture<Void> nextFile) {}

  /** Gives up; that is no failure. Any thread. */
  void cancel() {
    cancelled = true;
    SnapshotCut running = cut;
    if (running != null) {
      running.cancel();
    }
  }

  /** Rewrites. On the snapshot thread. */
  void run() {
    boolean success = false;
    try {
      rewrite();
      success = true;
      LOG.info("Background AOF rewrite finished successfully");
    } catch (IOException | RuntimeException problem) {
      if (cancelled) {
        LOG.info("Background AOF rewrite given up");
      } else {
        LOG.error("Background AOF rewrite failed", problem);
      }
    } finally {
      aof.rewritten(success, cancelled);
    }
    if (success && !settings.keepsHistory()) {
      store.deleteHistory();
    }
  }

  private void rewrite() throws IOException {
    Path temporary = settings.workingDirectory().resolve(temporaryName("bg-"));
    boolean snapshot = settings.snapshotAsBase();
    try {
      Begun begun = writeBase(temporary, snapshot);
      try {
        install(temporary, snapshot, begun);
      } catch (IOException | RuntimeException problem) {
        forget(begun);
        throw problem;
      }
    } catch (IOException | RuntimeException problem) {
      Files.deleteIfExists(temporary);
      throw problem;
    }
  }

  private static String temporaryName(String infix) {
    return "temp-rewriteaof-" + infix + ProcessHandle.current().pid() + ".aof";
  }

  private Begun writeBase(Path temporary, boolean snapshot) throws IOException {
    var opened =
        SnapshotCut.open(
            parts.keyspace(),
            settings.accessHints(),
            settings.rdbVersion(),
            parts.clock(),
            parts.inStep(),
            this::atCut);
    try (SnapshotCut taken = opened.cut()) {
      cut = taken;
      parts.lane().taking(taken);
      long delayUs = settings.entryDelayUs();
      taken.delayEntries(() -> delayUs);
      if (cancelled) {
        taken.cancel();
      }
      write(taken, temporary, snapshot);
      return opened.moment();
    } catch (IOException | RuntimeException problem) {
      forget(opened.moment());
      throw problem;
    } finally {
      cut = null;
    }
  }

  /** All shards are held. */
  private Begun atCut() {
    Aof.Moment moment = aof.moment();
    JournalReader reader = moment.reader();
    if (moment.writing() && reader != null) {
      JournalMark mark = reader.stopHere();
      return new Begun(moment, writer.exchangeAt(mark, () -> store.openNext(writer.size())));
    }
    if (moment.first() && reader != null) {
      JournalMark mark = reader.stopHere();
      reader.goOn();
      return new Begun(moment, writer.begin(reader, mark.selectedDb(), store::openTemporary));
    }
    return new Begun(moment, CompletableFuture.completedFuture(null));
  }

  /**
   * A first rewrite that failed leaves nothing behind; the next one begins anew. Later ones leave
   * the increment that begins at their moment, and end when it has begun.
   */
  private void forget(Begun begun) {
    if (begun.moment.first()) {
      if (aof.current(begun.moment)) {
        var unused = writer.stop().whenComplete((_, _) -> store.dropTemporary());
      }
      return;
    }
    try {
      awaitNextFile(begun.nextFile);
    } catch (IOException problem) {
      LOG.debug("The next increment has not begun, either: {}", problem.getMessage());
    }
  }

  private void write(SnapshotCut taken, Path temporary, boolean snapshot) throws IOException {
    AofSettings.BaseWriter base = snapshot ? settings.snapshots() : settings.commands();
    SnapshotFile.replace(
        temporary,
        temporary.getFileName().toString(),
        settings.syncsWhileRewriting(),
        channel -> base.write(taken, channel),
        (_, _) -> {}); // put in place when the increment behind it has begun
  }

  private void install(Path temporary, boolean snapshot, Begun begun) throws IOException {
    Aof.Moment moment = begun.moment;
    boolean unfinished = moment.writing() && !nextFileBegins(begun.nextFile);
    requireCurrent(moment);
    if (unfinished && insteadOfTheUnfinished(temporary, snapshot)) {
      return;
    }
    awaitNextFile(begun.nextFile);
    requireCurrent(moment);
    if (moment.first()) {
      var unused = await(writer.flush());
    }
    store.install(
        temporary,
        snapshot,
        moment.first()
            ? AofStore.Since.TEMPORARY_INCREMENT
            : moment.writing() ? AofStore.Since.LAST_INCREMENT : AofStore.Since.NOTHING,
        writer.size());
    if (moment.first()) {
      aof.protect(moment);
    }
  }

  private void requireCurrent(Aof.Moment moment) throws IOException {
    if (cancelled || !aof.current(moment)) {
      throw new IOException("the data or the wish for the file has changed meanwhile");
    }
  }

  /** Waits; false if the disk does not take the end of the old file. */
  private boolean nextFileBegins(CompletableFuture<Void> nextFile) {
    while (!nextFile.isDone() && writer.healthy() && !cancelled) {
      try {
        nextFile.get(GLANCE_MS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException | ExecutionException _) {
        // looked at again, here or by the caller
      } catch (InterruptedException _) {
        cancelled = true;
      }
    }
    return nextFile.isDone() || cancelled;
  }

  /**
   * The base has everything that the old increment lacks: it takes the place of that one together
   * with the next increment, in one step. So a rewrite may give a full disk room again.
   */
  private boolean insteadOfTheUnfinished(Path temporary, boolean snapshot) throws IOException {
    LOG.warn("The present increment cannot be finished: the new base takes its place as it is");
    return await(writer.exchangeUnfinished(() -> store.installWithNext(temporary, snapshot)));
  }

  /** The next file begins once the old one is complete; a full disk may prevent that for long. */
  private void awaitNextFile(CompletableFuture<Void> nextFile) throws IOException {
    while (!nextFile.isDone()) {
      try {
        nextFile.get(GLANCE_MS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException _) {
        if (!writer.healthy() || cancelled) {
          writer.cancelExchange();
          break;
        }
      } catch (ExecutionException | InterruptedException _) {
        break; // looked at below
      }
    }
    var unused = await(nextFile);
  }

  private static <T> T await(CompletableFuture<T> future) throws IOException {
    try {
      return future.get();
    } catch (ExecutionException problem) {
      throw problem.getCause() instanceof IOException io ? io : new IOException(problem.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  /** Writes the first base of all, before anything is written behind it. Waits. */
  void writeFirstBase() throws IOException {
    Path temporary = settings.workingDirectory().resolve(temporaryName(""));
    boolean snapshot = settings.snapshotAsBase();
    CompletableFuture<Void> done = new CompletableFuture<>();
    parts
        .lane()
        .execute(
            SnapshotLane.Work.REWRITE,
            () -> {
              try {
                var unused = writeBase(temporary, snapshot);
                done.complete(null);
              } catch (IOException | RuntimeException problem) {
                done.completeExceptionally(problem);
              }
            });
    var unused = await(done);
    store.install(temporary, snapshot, AofStore.Since.NOTHING, 0);
  }
}
