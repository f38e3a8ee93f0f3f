package io.hashslot.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandTest;
import io.hashslot.command.Outcome;
import io.hashslot.keyspace.EvictionPolicy;
import io.hashslot.keyspace.EvictionPolicy.Order;
import org.junit.jupiter.api.Test;

/** What happens when memory is used up. */
class EvictionTest extends CommandTest {
  private static final String OOM = "-OOM command not allowed when used memory > 'maxmemory'.\r\n";

  /** Without a limit of time, since time stands still here. */
  private void limit(EvictionPolicy policy, double share) {
    kit.memory().tenacity(100);
    kit.memory().policy(policy);
    long goal = (long) (kit.keyspace().usedBytes() * (1 - share));
    kit.memory().limitBytes(kit.memory().countedBytes() - goal);
  }

  /** Leaves no room at all. */
  private void exhaust(EvictionPolicy policy) {
    limit(policy, 1);
    kit.memory().limitBytes(kit.memory().limitBytes() - 1);
  }

  private void fill(int keys) {
    for (int i = 0; i < keys; i++) {
      client.run("SET", "key:" + i, "x".repeat(100));
    }
  }

  @Test
  void withoutEvictionOnlyCommandsThatNeedMoreAreRefused() {
    fill(10);
    exhaust(null);
    assertThat(client.run("SET", "k", "v").reply()).isEqualTo(OOM);
    assertThat(client.run("INCR", "n").reply()).isEqualTo(OOM);
    assertThat(client.run("GET", "key:1").reply()).startsWith("$100");
    assertThat(client.run("EXPIRE", "key:1", "100").reply()).isEqualTo(":1\r\n");
    assertThat(client.run("DEL", "key:1", "key:2").reply()).isEqualTo(":2\r\n");
    assertThat(client.run("SET", "k", "v").reply()).isEqualTo("+OK\r\n");
  }

  @Test
  void aCommandRefusedWhenQueuedSpoilsTheTransaction() {
    fill(10);
    exhaust(null);
    client.run("MULTI");
    assertThat(client.run("SET", "k", "v").reply()).isEqualTo(OOM);
    assertThat(client.run("EXEC").reply())
        .isEqualTo("-EXECABORT Transaction discarded because of previous errors.\r\n");
  }

  @Test
  void execIsRefusedIfMemoryRanOutAfterQueueing() {
    fill(10);
    client.run("MULTI");
    assertThat(client.run("SET", "k", "v").reply()).isEqualTo("+QUEUED\r\n");
    exhaust(null);
    assertThat(client.run("EXEC").reply())
        .isEqualTo(
            "-EXECABORT Transaction discarded because of: OOM command not allowed when used"
                + " memory > 'maxmemory'.\r\n");
  }

  @Test
  void aTransactionOfReadsPasses() {
    fill(10);
    exhaust(null);
    client.run("MULTI");
    client.run("STRLEN", "key:1");
    assertThat(client.run("EXEC").reply()).isEqualTo("*1\r\n:100\r\n");
  }

  @Test
  void keysMakeRoomUnderAnyPolicyForAllKeys() {
    for (Order order : new Order[] {Order.LRU, Order.LFU, Order.RANDOM}) {
      kit.keyspace().accessClock().lfu(order == Order.LFU);
      fill(1000);
      limit(new EvictionPolicy(false, order), 0.75);
      assertThat(client.run("SET", "k", "v").reply()).isEqualTo("+OK\r\n");
      assertThat(kit.memory().countedBytes()).isLessThan(kit.memory().limitBytes() + 256);
      assertThat(kit.keyspace().size(0)).isBetween(500L, 850L);
      kit.memory().limitBytes(0);
    }
  }

  @Test
  void onlyKeysWithAnExpiryGoUnderVolatilePolicies() {
    fill(200);
    for (int i = 0; i < 100; i++) {
      client.run("EXPIRE", "key:" + i, "1000");
    }
    limit(new EvictionPolicy(true, Order.LRU), 0.25);
    assertThat(client.run("SET", "k", "v").reply()).isEqualTo(OOM);
    assertThat(kit.keyspace().expiring(0)).isZero();
    assertThat(kit.keyspace().size(0)).isEqualTo(100);
    for (int i = 100; i < 200; i++) {
      assertThat(client.run("EXISTS", "key:" + i).reply()).isEqualTo(":1\r\n");
    }
  }

  @Test
  void keysThatExpireSoonestGoFirst() {
    for (int i = 0; i < 400; i++) {
      client.run("SET", "key:" + i, "x".repeat(100), "EX", "" + (1000 + i * 10));
    }
    kit.memory().samples(10);
    limit(new EvictionPolicy(true, Order.TTL), 0.5);
    client.run("PING");
    int early = 0;
    int late = 0;
    for (int i = 0; i < 400; i++) {
      boolean there = client.run("EXISTS", "key:" + i).reply().equals(":1\r\n");
      early += there && i < 200 ? 1 : 0;
      late += there && i >= 200 ? 1 : 0;
    }
    assertThat(late).as("of 200 that expire late").isGreaterThan(80);
    assertThat(early).as("of 200 that expire soon").isLessThan(late / 4);
  }

  @Test
  void keysUsedLongAgoGoFirst() {
    fill(400);
    kit.clock().advanceMs(60_000);
    for (int i = 0; i < 400; i += 2) {
      client.run("GET", "key:" + i);
    }
    kit.clock().advanceMs(60_000);
    kit.memory().samples(10);
    limit(new EvictionPolicy(false, Order.LRU), 0.75);
    client.run("PING");
    int used = 0;
    for (int i = 0; i < 400; i += 2) {
      used += client.run("EXISTS", "key:" + i).reply().equals(":1\r\n") ? 1 : 0;
    }
    assertThat(used).as("recently used keys that are left, of 200").isGreaterThan(190);
  }

  @Test
  void evictedKeysAreJournalledEachForItselfAndTold() {
    client.run("SELECT", "3");
    client.run("SET", "a", "x".repeat(100));
    exhaust(new EvictionPolicy(false, Order.LRU));
    Outcome outcome = client.run("PING");
    assertThat(outcome.reply()).isEqualTo("+PONG\r\n");
    assertThat(outcome.propagated()).contains("UNLINK a");
    assertThat(outcome.events()).contains("evicted:a@3");
    kit.memory().limitBytes(0);
    kit.memory().unlinks(false);
    client.run("SET", "a", "x".repeat(100));
    exhaust(new EvictionPolicy(false, Order.RANDOM));
    assertThat(client.run("PING").propagated()).contains("DEL a");
  }

  @Test
  void anEvictedKeyLosesTheBetsOnIt() {
    client.run("SET", "a", "x".repeat(100));
    client.run("WATCH", "a");
    exhaust(new EvictionPolicy(false, Order.LRU));
    client.run("MULTI");
    kit.memory().limitBytes(0);
    client.run("SET", "b", "1");
    assertThat(client.run("EXEC").reply()).isEqualTo("*-1\r\n");
  }

  @Test
  void aReplicaLeavesEvictingToItsPrimaryUnlessToldOtherwise() {
    fill(10);
    exhaust(new EvictionPolicy(false, Order.LRU));
    kit.state().replica(true);
    client.run("PING");
    assertThat(kit.keyspace().size(0)).isEqualTo(10);
    kit.memory().spareReplica(false);
    client.run("PING");
    assertThat(kit.keyspace().size(0)).isLessThan(10);
  }

  @Test
  void nothingIsEvictedDuringAPause() {
    fill(10);
    exhaust(new EvictionPolicy(false, Order.LRU));
    long nowMs = kit.clock().wallMs();
    kit.state().pause(NodeState.Pause.WRITES, nowMs + 1000, nowMs);
    client.run("PING");
    assertThat(kit.keyspace().size(0)).isEqualTo(10);
    kit.state().unpause();
    client.run("PING");
    assertThat(kit.keyspace().size(0)).isLessThan(10);
  }
}
