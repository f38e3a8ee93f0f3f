package io.hashslot.persist.aof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who writes and syncs: a loop of clients, or the thread. */
class LoopTurnsTest {
  private static final long QUICK_NS = 30_000;
  private static final long SLOW_NS = 5_000_000;

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final Executor loop = tasks::add;
  private final Recorded recorded = new Recorded();
  private final LoopTurns turns = new LoopTurns(recorded);

  private static final class Recorded implements LoopTurns.Turns {
    private boolean forLoops = true;
    private boolean finishes = true;
    private int taken;
    private final AtomicInteger woken = new AtomicInteger();

    @Override
    public boolean forLoops() {
      return forLoops;
    }

    @Override
    public boolean take() {
      taken++;
      return finishes;
    }

    @Override
    public void wake() {
      woken.incrementAndGet();
    }
  }

  /** The thread takes so many turns. */
  private void measure(int count, long ns) {
    for (int i = 0; i < count; i++) {
      turns.enter();
      turns.took(ns);
      assertThat(turns.leave()).as("a note").isFalse();
    }
  }

  private void runTasks() {
    Runnable task;
    while ((task = tasks.poll()) != null) {
      task.run();
    }
  }

  @Test
  void theThreadBegins() {
    turns.more(loop);
    assertThat(tasks).isEmpty();
    assertThat(recorded.woken).hasValue(1);
  }

  @Test
  void aLoopTakesTheTurnAtTheEndOfItsBatchOnceSyncsHaveShownToBeQuick() {
    measure(100, QUICK_NS);
    turns.more(loop);
    assertThat(recorded.taken).as("within the batch").isZero();
    runTasks();
    assertThat(recorded.taken).isEqualTo(1);
    assertThat(recorded.woken).as("the thread").hasValue(0);
  }

  @Test
  void slowSyncsAreLeftToTheThreadUntilTheyAreQuickAgain() {
    measure(100, QUICK_NS);
    measure(3, SLOW_NS);
    turns.more(loop);
    assertThat(tasks).isEmpty();
    assertThat(recorded.woken).hasValue(1);
    measure(100, QUICK_NS);
    turns.more(loop);
    assertThat(tasks).hasSize(1);
  }

  @Test
  void whatHasNoLoopIsTheThreads() {
    measure(100, QUICK_NS);
    turns.more();
    assertThat(recorded.woken).hasValue(1);
  }

  @Test
  void whatIsNoTurnForALoopAndWhatItCannotFinishIsLeftToTheThread() {
    measure(100, QUICK_NS);
    recorded.finishes = false;
    turns.more(loop);
    runTasks();
    assertThat(recorded.woken).as("not finished").hasValue(1);
    recorded.forLoops = false;
    turns.more(loop);
    runTasks();
    assertThat(recorded.taken).isEqualTo(1);
    assertThat(recorded.woken).as("not for loops").hasValue(2);
    turns.more(loop);
    assertThat(tasks).as("until the thread has measured again").isEmpty();
  }

  @Test
  void aLoopThatComesWhileSomebodyWritesDoesNotWaitAndIsNotForgotten() throws Exception {
    measure(100, QUICK_NS);
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    boolean[] noted = new boolean[1];
    Thread thread =
        new Thread(
            () -> {
              turns.enter();
              entered.countDown();
              try {
                goOn.await();
              } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
              } finally {
                noted[0] = turns.leave();
              }
            });
    thread.start();
    entered.await();
    turns.more(loop);
    runTasks();
    assertThat(recorded.taken).as("beside it").isZero();
    goOn.countDown();
    thread.join();
    assertThat(noted[0]).as("the thread is told").isTrue();
  }
}
