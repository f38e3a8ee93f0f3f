package io.hashslot.bench.compare;

import io.hashslot.bench.load.LoadFailure;
import io.hashslot.bench.load.LoadWatcher;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One BGSAVE, beside a load or alone. As a watcher of a load it begins when the load counts, and
 * ends the load when the file is in its place.
 */
final class BackgroundSave implements LoadWatcher, AutoCloseable {

  private static final int POLL_MS = 20;
  private static final int LIMIT_S = 600;

  private final String server;
  private final ServerDialogue dialogue;
  private final Clock clock;
  private final CountDownLatch begin = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean over;
  private volatile double seconds;
  private volatile @Nullable Exception failure;

  /** Connects; saves nothing yet. */
  BackgroundSave(RunningServer server, Clock clock) throws IOException {
    this.server = server.name();
    this.clock = clock;
    dialogue = server.dialogue();
    thread = Thread.ofPlatform().name("save").daemon().start(this::saveWhenAsked);
  }

  /**
   * Saves without a load.
   *
   * @return seconds from the order to the end
   */
  double run() throws IOException, InterruptedException {
    counting();
    return await();
  }

  /**
   * Waits for the end.
   *
   * @return seconds from the order to the end, seen {@value #POLL_MS} ms late at most
   * @throws LoadFailure if saving failed
   */
  double await() throws IOException, InterruptedException {
    thread.join(TimeUnit.SECONDS.toMillis(LIMIT_S));
    switch (failure) {
      case null -> {}
      case IOException e -> throw e;
      case Exception e -> throw new LoadFailure(server + ", BGSAVE: " + e.getMessage(), e);
    }
    if (!over) {
      throw new LoadFailure(server + ": BGSAVE has not ended within " + LIMIT_S + " s");
    }
    return seconds;
  }

  private void saveWhenAsked() {
    try {
      begin.await();
      long fromNs = clock.monotonicNs();
      dialogue.call("BGSAVE");
      dialogue.await(
          "persistence",
          "BGSAVE has ended",
          POLL_MS,
          LIMIT_S,
          info -> info.is("rdb_bgsave_in_progress", "0"));
      seconds = (clock.monotonicNs() - fromNs) / 1e9;
      if (!dialogue.info("persistence").is("rdb_last_bgsave_status", "ok")) {
        throw new LoadFailure(server + ": BGSAVE has failed");
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      failure = e;
    } finally {
      over = true;
    }
  }

  @Override
  public void counting() {
    begin.countDown();
  }

  @Override
  public boolean over() {
    return over;
  }

  @Override
  public void close() {
    thread.interrupt();
    dialogue.close();
  }
}
