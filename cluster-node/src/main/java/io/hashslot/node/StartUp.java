package io.hashslot.node;

import io.hashslot.dispatch.NodeState;
import io.hashslot.persist.snapshot.LoadingProgress;
import io.hashslot.persist.snapshot.SnapshotLoader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a server comes up. Its ports are open before its data is there: clients can connect and ask
 * how far it is, and are refused with {@code LOADING} otherwise.
 *
 * <ol>
 *   <li>the role that the configuration gives is taken, the ports are opened ({@link Node});
 *   <li>{@link #begin}: a thread of its own loads the data;
 *   <li>it runs what was put in with {@link #whenLoaded}, in that order: the journal's readers that
 *       must not miss a write, replication, the cluster;
 *   <li>commands are let in.
 * </ol>
 *
 * If one of these fails the server must end: what it has in memory is not what it was trusted with.
 */
final class StartUp {
  /** Brings the data of the last run back. */
  interface Source {
    /**
     * Loads everything.
     *
     * @return what was found, null if there was nothing
     * @throws IOException if what is there cannot be read or understood
     */
    SnapshotLoader.@Nullable Loaded load() throws IOException;
  }

  /** Something to do between the loading of the data and the first command. */
  interface Step {
    /**
     * Runs on the loading thread.
     *
     * @param loaded what was found, null if there was nothing
     * @throws IOException if the server cannot go on without it
     */
    void run(SnapshotLoader.@Nullable Loaded loaded) throws IOException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(StartUp.class);
  private static final long PATIENCE_MS = 60_000;

  private final NodeState state;
  private final LoadingProgress progress;
  private final List<Step> steps = new ArrayList<>();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private @Nullable Thread thread;

  StartUp(NodeState state, LoadingProgress progress) {
    this.state = state;
    this.progress = progress;
  }

  /** Adds a step behind those before it; before {@link #begin}. */
  void whenLoaded(Step step) {
    steps.add(step);
  }

  /** Says that data is being loaded, before the ports are opened. */
  void announce() {
    progress.begin(0);
    state.loading(true);
  }

  /**
   * Begins to load, and returns at once.
   *
   * @param letIn runs on the loading thread when commands have been let in
   * @param failed runs on the loading thread if the server cannot go on
   */
  void begin(Source source, Runnable letIn, Runnable failed) {
    thread =
        Thread.ofPlatform()
            .name("loading")
            .daemon()
            .start(() -> loadAndLetIn(source, letIn, failed));
  }

  private void loadAndLetIn(Source source, Runnable letIn, Runnable failed) {
    try {
      SnapshotLoader.Loaded loaded = source.load();
      for (Step step : steps) {
        step.run(loaded);
      }
      state.loading(false);
      letIn.run();
      ready.complete(null);
    } catch (CancellationException ended) {
      LOG.info("Loading was given up: the server ends");
      ready.completeExceptionally(new IOException("the server has ended", ended));
    } catch (IOException problem) {
      // A damaged file is no fault of the program: what it says is enough.
      LOG.error("Fatal error loading the DB: {}. Exiting.", problem.getMessage());
      ready.completeExceptionally(problem);
      failed.run();
    } catch (RuntimeException | OutOfMemoryError problem) {
      LOG.error("Fatal error loading the DB. Exiting.", problem);
      ready.completeExceptionally(problem);
      failed.run();
    }
  }

  /**
   * Waits until commands are let in.
   *
   * @throws IOException if the data could not be loaded, or the server was ended meanwhile
   */
  void await() throws IOException {
    try {
      ready.join();
    } catch (CompletionException failed) {
      switch (failed.getCause()) {
        case IOException problem -> throw problem;
        case RuntimeException problem -> throw problem;
        case null, default -> throw new IOException(failed.getCause());
      }
    }
  }

  /** Lets loading end as soon as it can, and waits for that. */
  void stop() {
    progress.cancel();
    Thread loading = thread;
    if (loading == null || loading == Thread.currentThread()) {
      return;
    }
    try {
      loading.join(PATIENCE_MS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
