package io.hashslot.node;

import io.hashslot.command.server.Ending;
import io.hashslot.config.Config;
import io.hashslot.config.ProcessDirectives;
import io.hashslot.dispatch.NodeState;
import io.hashslot.persist.aof.Aof;
import io.hashslot.persist.snapshot.Saver;
import io.hashslot.replication.Replication;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a server ends when it is told to, by {@code SHUTDOWN} or a signal: writes are held back until
 * replicas have all there is, or {@code shutdown-timeout} is over; then a snapshot is written if
 * that is wanted. If saving fails, the server goes on.
 */
final class OrderlyEnd implements Ending {
  private static final Logger LOG = LoggerFactory.getLogger(OrderlyEnd.class);

  /** How often replicas are asked how far they are. */
  private static final long GLANCE_MS = 10;

  private final Config config;
  private final NodeState state;
  private final Replication replication;
  private final Saver saver;
  private final Aof appendOnly;
  private final Clock clock;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final List<Runnable> told = new ArrayList<>();
  private volatile int status;
  private boolean underway;
  private volatile boolean aborted;

  OrderlyEnd(
      Config config,
      NodeState state,
      Replication replication,
      Saver saver,
      Aof appendOnly,
      Clock clock) {
    this.config = config;
    this.state = state;
    this.replication = replication;
    this.saver = saver;
    this.appendOnly = appendOnly;
    this.clock = clock;
  }

  /** Waits until the server is ready to go, and returns the exit status of the process. */
  int await() throws InterruptedException {
    ended.await();
    return status;
  }

  /** Ends the server because it cannot go on; nothing is saved. Any thread. */
  void fail() {
    status = 1;
    ended.countDown();
  }

  @Override
  public synchronized void begin(Saving saving, boolean now, boolean force, Runnable refused) {
    told.add(refused);
    if (underway) {
      return;
    }
    underway = true;
    aborted = false;
    Thread.ofPlatform().name("shutdown").daemon().start(() -> end(saving, now, force));
  }

  @Override
  public synchronized boolean abort() {
    if (!underway) {
      return false;
    }
    aborted = true;
    return true;
  }

  private void end(Saving saving, boolean now, boolean force) {
    LOG.info("User requested shutdown...");
    if (state.loading()) {
      // What is in memory is a part of the data: it must not take the place of the whole.
      LOG.info("Data is being loaded: nothing is saved. Ready to exit, bye bye...");
      ended.countDown();
    } else if (!now && !replicasInStep()) {
      goOn("Shutdown manually aborted");
    } else if (!appendOnly.finish() && !force) {
      goOn("The append-only file is not complete, can't exit.");
    } else if (!save(saving) && !force) {
      goOn("Error trying to save the DB, can't exit.");
    } else {
      LOG.info("Ready to exit, bye bye...");
      ended.countDown();
    }
  }

  /** Holds writes back until replicas have them all; false if the end was taken back meanwhile. */
  private boolean replicasInStep() {
    long limitMs = 1000L * config.intOf(ProcessDirectives.SHUTDOWN_TIMEOUT);
    if (limitMs == 0 || lagging() == 0) {
      return true;
    }
    LOG.info("{} replicas lag behind, waiting up to {} ms for them", lagging(), limitMs);
    long fromNs = clock.monotonicNs();
    state.pauseForFailover(clock.wallMs() + limitMs);
    while (lagging() > 0 && (clock.monotonicNs() - fromNs) / 1_000_000 < limitMs) {
      if (aborted) {
        return false;
      }
      pause();
    }
    if (lagging() > 0) {
      LOG.warn("{} replicas have not got all data before shutdown", lagging());
    }
    return true;
  }

  private int lagging() {
    return replication.acknowledged(Long.MIN_VALUE)
        - replication.acknowledged(replication.offset());
  }

  private static void pause() {
    try {
      Thread.sleep(GLANCE_MS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean save(Saving saving) {
    boolean wanted =
        switch (saving) {
          case ALWAYS -> true;
          case NEVER -> false;
          case AS_CONFIGURED ->
              !config.get(io.hashslot.config.PersistenceDirectives.SAVE).isEmpty();
        };
    saver.cancel();
    if (!wanted) {
      return true;
    }
    LOG.info("Saving the final RDB snapshot before exiting.");
    try {
      saver.save();
      return true;
    } catch (IOException problem) {
      LOG.error("Saving failed: {}", problem.toString());
      return false;
    }
  }

  private synchronized void goOn(String why) {
    LOG.warn(why);
    underway = false;
    state.endFailoverPause();
    told.forEach(Runnable::run);
    told.clear();
  }
}
