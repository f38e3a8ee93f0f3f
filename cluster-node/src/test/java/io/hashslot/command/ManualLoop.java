package io.hashslot.command;

import io.hashslot.session.Inbox;
import io.hashslot.session.Loop;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A loop that is driven by the thread of the test. */
final class ManualLoop implements Loop {
  private static final long PATIENCE_SECONDS = 20;

  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final Thread owner = Thread.currentThread();
  private final Inbox inbox = new Inbox(this);

  @Override
  public boolean isCurrent() {
    return Thread.currentThread() == owner;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public Timer schedule(Runnable task, long delayMs) {
    throw new UnsupportedOperationException("this loop keeps no time");
  }

  @Override
  public Inbox inbox() {
    return inbox;
  }

  /** Runs what comes until something holds. */
  void runUntil(BooleanSupplier done) {
    while (!done.getAsBoolean()) {
      try {
        Runnable task = tasks.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (task == null) {
          throw new AssertionError("nothing came for " + PATIENCE_SECONDS + " s");
        }
        task.run();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }
}
