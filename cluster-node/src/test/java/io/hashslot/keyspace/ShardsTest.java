package io.hashslot.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.memory.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class ShardsTest {
  private final Shards shards =
      new Keyspace(new KeyspaceSettings(8, 1, false, 1, Arena::new)).shards();

  @Test
  void aPlanIsEnteredAsAWholeOrNotAtAll() {
    assertThat(shards.tryEnter(0b0100)).isEqualTo(Shards.ENTERED);
    assertThat(shards.tryEnter(0b1111)).isEqualTo(2);
    assertThat(shards.tryEnter(0b0011)).isEqualTo(Shards.ENTERED);
    assertThat(shards.tryEnter(0b1000)).isEqualTo(Shards.ENTERED);
    shards.leave(0b1111);
    assertThat(shards.tryEnter(shards.all())).isEqualTo(Shards.ENTERED);
  }

  @Test
  void parkedExecutionsAreToldInOrderWhenTheShardIsReleased() {
    List<String> told = new ArrayList<>();
    shards.tryEnter(1);
    assertThat(shards.park(0, () -> told.add("a"))).isTrue();
    assertThat(shards.park(0, () -> told.add("b"))).isTrue();
    assertThat(told).isEmpty();
    shards.leave(1);
    assertThat(told).containsExactly("a", "b");
    shards.tryEnter(1);
    shards.leave(1);
    assertThat(told).hasSize(2);
  }

  @Test
  void nobodyParksAtAFreeShard() {
    assertThat(shards.park(0, () -> {})).isFalse();
  }

  @Test
  void anotherThreadMayLeave() throws InterruptedException {
    shards.tryEnter(1);
    Thread other = new Thread(() -> shards.leave(1));
    other.start();
    other.join();
    assertThat(shards.tryEnter(1)).isEqualTo(Shards.ENTERED);
  }

  @Test
  void aWaiterOfTheSlowLaneIsServedBeforeShortExecutionsGetInAgain() throws InterruptedException {
    shards.tryEnter(1);
    CountDownLatch entered = new CountDownLatch(1);
    Thread slow =
        new Thread(
            () -> {
              shards.enterSlow(1);
              entered.countDown();
            });
    slow.start();
    while (slow.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    CountDownLatch told = new CountDownLatch(1);
    assertThat(shards.park(0, told::countDown)).isTrue();
    shards.leave(1);
    assertThat(shards.tryEnter(1)).isZero();
    assertThat(entered.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(told.await(60, TimeUnit.SECONDS)).isTrue();
    shards.leave(1);
    assertThat(shards.tryEnter(1)).isEqualTo(Shards.ENTERED);
  }

  /**
   * Loops with parked executions and slow threads, all over the same few shards: nobody is ever
   * inside together with another, and every execution gets its turn.
   */
  @Test
  void underStressExclusionHoldsAndNobodyIsForgotten() throws InterruptedException {
    int loops = 4;
    int executionsOfLoop = 20_000;
    int[] inside = new int[8];
    long[] counts = new long[8];
    AtomicReference<String> broken = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    long[] expected = new long[8];
    for (int loop = 0; loop < loops; loop++) {
      long[] plans = plans(loop, executionsOfLoop, expected);
      threads.add(
          new Thread(
              () -> {
                new Loop(plans, inside, counts, broken).run();
              }));
    }
    long[] slowPlans = plans(77, 2000, expected);
    threads.add(
        new Thread(
            () -> {
              for (long plan : slowPlans) {
                shards.enterSlow(plan);
                work(plan, inside, counts, broken);
                shards.leave(plan);
              }
            }));
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(broken.get()).isNull();
    assertThat(counts).isEqualTo(expected);
    assertThat(shards.tryEnter(shards.all())).isEqualTo(Shards.ENTERED);
  }

  /**
   * An event loop with many sessions, each of which runs one plan after the other and parks when it
   * cannot.
   */
  private final class Loop {
    private final long[] plans;
    private final int[] inside;
    private final long[] counts;
    private final AtomicReference<String> broken;
    private final BlockingQueue<Integer> inbox = new LinkedBlockingQueue<>();

    Loop(long[] plans, int[] inside, long[] counts, AtomicReference<String> broken) {
      this.plans = plans;
      this.inside = inside;
      this.counts = counts;
      this.broken = broken;
    }

    void run() {
      int started = 0;
      int done = 0;
      while (done < plans.length) {
        try {
          Integer next =
              started < plans.length && started - done < 50
                  ? inbox.poll()
                  : inbox.poll(60, TimeUnit.SECONDS);
          if (next == null && started == plans.length) {
            broken.set("an execution was forgotten");
            return;
          }
          done += execute(next == null ? started++ : next);
        } catch (InterruptedException e) {
          broken.set("interrupted");
          return;
        }
      }
    }

    private int execute(int number) {
      while (true) {
        int busy = shards.tryEnter(plans[number]);
        if (busy == Shards.ENTERED) {
          work(plans[number], inside, counts, broken);
          shards.leave(plans[number]);
          return 1;
        }
        if (shards.park(busy, () -> inbox.add(number))) {
          return 0;
        }
      }
    }
  }

  private static void work(long plan, int[] inside, long[] counts, AtomicReference<String> broken) {
    for (long left = plan; left != 0; left &= left - 1) {
      int shard = Long.numberOfTrailingZeros(left);
      if (inside[shard]++ != 0) {
        broken.set("two in shard " + shard);
      }
      counts[shard]++;
    }
    for (long left = plan; left != 0; left &= left - 1) {
      inside[Long.numberOfTrailingZeros(left)]--;
    }
  }

  private static long[] plans(int seed, int count, long[] expected) {
    Random random = new Random(seed);
    long[] plans = new long[count];
    for (int i = 0; i < count; i++) {
      plans[i] = random.nextInt(4) == 0 ? 1 + random.nextInt(255) : 1L << random.nextInt(2);
      for (int shard = 0; shard < 8; shard++) {
        expected[shard] += plans[i] >>> shard & 1;
      }
    }
    return plans;
  }
}
