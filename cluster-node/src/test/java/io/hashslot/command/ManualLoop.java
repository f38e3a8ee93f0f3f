package io.hashslot.command;

import io.hashslot.session.Inbox;
import io.hashslot.session.Loop;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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

  private record Scheduled(long atMs, Runnable task) {}

  private final List<Scheduled> timers = new ArrayList<>();
  private long nowMs;

  /** Lets time pass; what was scheduled until then runs, in its order. */
  void passMs(long ms) {
    nowMs += ms;
    while (true) {
      Scheduled due =
          timers.stream()
              .filter(timer -> timer.atMs() <= nowMs)
              .min(Comparator.comparingLong(Scheduled::atMs))
              .orElse(null);
      if (due == null) {
        return;
      }
      timers.remove(due);
      due.task().run();
    }
  }

  /** Runs all that has come. */
  void runAll() {
    inbox.drain();
    Runnable task;
    while ((task = tasks.poll()) != null) {
      task.run();
    }
  }

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
    Scheduled scheduled = new Scheduled(nowMs + delayMs, task);
    timers.add(scheduled);
    return () -> timers.remove(scheduled);
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
