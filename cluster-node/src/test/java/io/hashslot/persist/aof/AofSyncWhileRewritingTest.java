package io.hashslot.persist.aof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code no-appendfsync-on-rewrite yes} nothing is synced while something else is written. */
class AofSyncWhileRewritingTest {
  private static final String SECOND = "appendonly.aof.2.incr.aof";

  @TempDir Path folder;
  private AofKit kit;

  @BeforeEach
  void open() {
    kit = new AofKit(folder);
  }

  @AfterEach
  void close() {
    kit.snapshot.countDown();
    kit.disk.sync.countDown();
    kit.close();
  }

  private static void until(BooleanSupplier condition) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(5))
        .until(condition::getAsBoolean);
  }

  /** Begins a rewrite that does not end before {@link #endRewrite}; syncs hang from then on. */
  private void hangInRewrite() throws Exception {
    kit.start();
    kit.write(0, "SET", "before", "1");
    kit.snapshot = new CountDownLatch(1);
    assertThat(kit.aof.rewrite(false)).isEqualTo(Aof.Wish.STARTED);
    // Once the next file is there, the one before is synced, and all that comes goes to the next.
    until(() -> Files.exists(kit.path(SECOND)));
    long first = kit.write(0, "SET", "first", "1");
    until(() -> kit.content(SECOND).contains("first"));
    if (kit.policy == FsyncPolicy.ALWAYS) {
      until(() -> kit.gate.passes(first));
    }
    kit.disk.sync = new CountDownLatch(1);
  }

  private void endRewrite() {
    CountDownLatch syncs = kit.disk.sync;
    kit.disk.sync = new CountDownLatch(0);
    syncs.countDown();
    kit.snapshot.countDown();
    until(() -> !kit.aof.rewriting());
  }

  @Test
  void repliesDoNotWaitForASyncThenEvenWithAlways() throws Exception {
    kit.policy = FsyncPolicy.ALWAYS;
    kit.noSyncWhileRewriting = true;
    hangInRewrite();
    int syncs = kit.disk.syncs;
    long position = kit.write(0, "SET", "a", "1");
    until(() -> kit.gate.passes(position));
    assertThat(kit.content(SECOND)).endsWith(AofKit.resp("SET", "a", "1"));
    assertThat(kit.disk.syncs).isEqualTo(syncs);
    assertThat(kit.aof.durableOffset()).as("what WAITAOF counts on").isLessThan(position);
    endRewrite();
    until(() -> kit.aof.durableOffset() == position);
    assertThat(kit.disk.syncs).isGreaterThan(syncs);
  }

  @Test
  void withoutItTheyWait() throws Exception {
    kit.policy = FsyncPolicy.ALWAYS;
    hangInRewrite();
    long position = kit.write(0, "SET", "a", "1");
    until(() -> kit.content(SECOND).endsWith(AofKit.resp("SET", "a", "1")));
    assertThat(kit.gate.passes(position)).isFalse();
    endRewrite();
    until(() -> kit.gate.passes(position));
    assertThat(kit.aof.durableOffset()).isEqualTo(position);
  }

  @Test
  void itCanBeTakenBackWhileARewriteGoesOn() throws Exception {
    kit.noSyncWhileRewriting = true;
    hangInRewrite();
    long position = kit.write(0, "SET", "a", "1");
    until(() -> kit.content(SECOND).endsWith(AofKit.resp("SET", "a", "1")));
    assertThat(kit.aof.figures().pendingSyncs()).isZero();
    kit.noSyncWhileRewriting = false;
    until(() -> kit.aof.figures().pendingSyncs() == 1);
    assertThat(kit.aof.rewriting()).isTrue();
    kit.disk.sync.countDown();
    until(() -> kit.aof.durableOffset() == position);
    assertThat(kit.aof.rewriting()).isTrue();
    endRewrite();
  }
}
