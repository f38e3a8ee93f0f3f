package io.hashslot.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandTest;
import io.hashslot.keyspace.EvictionPolicy;
import io.hashslot.keyspace.EvictionPolicy.Order;
import org.junit.jupiter.api.Test;

/** In a cluster keys lie in one table for each slot, and a tag may put most of them into one. */
class EvictionInClusterTest extends CommandTest {
  @Override
  protected boolean inCluster() {
    return true;
  }

  private void fill() {
    for (int i = 0; i < 300; i++) {
      run("SET", "key:" + i, "x".repeat(100));
      run("SET", "{tag}:" + i, "x".repeat(100));
    }
    for (int i = 0; i < 100; i++) {
      run("EXPIRE", "key:" + i, "1000");
      run("EXPIRE", "{tag}:" + i, "1000");
    }
  }

  private long present(String prefix, int from, int to) {
    long present = 0;
    for (int i = from; i < to; i++) {
      present += run("EXISTS", prefix + i).reply().equals(":1\r\n") ? 1 : 0;
    }
    return present;
  }

  /** Makes so much room; without a limit of time, since time stands still here. */
  private void makeRoom(boolean expiringOnly, Order order, int keys) {
    kit.memory().tenacity(100);
    kit.memory().policy(new EvictionPolicy(expiringOnly, order));
    kit.memory().limitBytes(kit.memory().countedBytes() - keys * 100L);
    run("PING").replies("+PONG");
  }

  @Test
  void shouldTakeKeysFromAllSlots() {
    fill();
    makeRoom(false, Order.RANDOM, 300);
    assertThat(present("key:", 0, 300)).isBetween(100L, 290L);
    assertThat(present("{tag}:", 0, 300)).isBetween(100L, 290L);
  }

  @Test
  void shouldTakeOnlyKeysWithAnExpiryFromAllSlots() {
    fill();
    makeRoom(true, Order.RANDOM, 80);
    assertThat(present("key:", 100, 300)).isEqualTo(200);
    assertThat(present("{tag}:", 100, 300)).isEqualTo(200);
    assertThat(present("key:", 0, 100)).isBetween(10L, 99L);
    assertThat(present("{tag}:", 0, 100)).isBetween(10L, 99L);
  }

  @Test
  void shouldFindTheOldestWhereverItIs() {
    fill();
    passMs(10_000);
    present("key:", 0, 300);
    for (int i = 0; i < 300; i++) {
      run("GET", "key:" + i);
    }
    passMs(10_000);
    kit.memory().samples(10);
    makeRoom(false, Order.LRU, 200);
    assertThat(present("key:", 0, 300)).isGreaterThan(285);
    assertThat(present("{tag}:", 0, 300)).isLessThan(200);
  }
}
