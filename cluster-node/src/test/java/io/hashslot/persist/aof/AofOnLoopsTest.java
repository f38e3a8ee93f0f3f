package io.hashslot.persist.aof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code appendfsync always} on a disk that syncs so fast that loops do it themselves. */
class AofOnLoopsTest {
  private static final String FIRST = "appendonly.aof.1.incr.aof";

  @TempDir Path folder;
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private AofKit kit;
  private long written;

  @BeforeEach
  void start() throws Exception {
    kit = new AofKit(folder);
    kit.policy = FsyncPolicy.ALWAYS;
    kit.disk.instant = true;
    kit.start();
  }

  @AfterEach
  void close() {
    kit.close();
  }

  private static void until(BooleanSupplier condition) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(1))
        .until(condition::getAsBoolean);
  }

  private long write() {
    return kit.write(tasks::add, 0, "SET", "key", Long.toString(written++));
  }

  private void runTasks() {
    Runnable task;
    while ((task = tasks.poll()) != null) {
      task.run();
    }
  }

  /** Writes until a loop is given the work; returns the position of the last write. */
  private long writeUntilLoopsDoIt() {
    long[] position = new long[1];
    until(
        () -> {
          position[0] = write();
          if (tasks.isEmpty()) {
            until(() -> kit.gate.passes(position[0]));
          }
          return !tasks.isEmpty();
        });
    return position[0];
  }

  @Test
  void whatALoopHasWrittenMayBeToldAndIsInTheFile() {
    for (int round = 0; round < 3; round++) {
      long position = writeUntilLoopsDoIt();
      runTasks();
      until(() -> kit.gate.passes(position));
      assertThat(kit.aof.durableOffset()).isGreaterThanOrEqualTo(position);
      assertThat(kit.content(FIRST)).endsWith(AofKit.resp("SET", "key", "" + (written - 1)));
    }
  }

  @Test
  void aSyncThatFailsOnALoopEndsTheProcessAndNothingIsTold() {
    writeUntilLoopsDoIt();
    runTasks();
    long position = writeUntilLoopsDoIt();
    kit.disk.failsToSync = true;
    runTasks();
    long next = write();
    runTasks();
    until(() -> kit.fatal != null);
    assertThat(kit.fatal).isEqualTo("Input/output error");
    assertThat(kit.gate.passes(next)).isFalse();
    assertThat(kit.aof.durableOffset()).isLessThanOrEqualTo(position);
  }

  @Test
  void aRewriteGoesOnWithTheNextFileThoughLoopsWrite() {
    writeUntilLoopsDoIt();
    runTasks();
    assertThat(kit.aof.rewrite(false)).isEqualTo(Aof.Wish.STARTED);
    until(
        () -> {
          write();
          runTasks();
          return !kit.aof.rewriting();
        });
    assertThat(kit.aof.figures().lastRewriteSucceeded()).isTrue();
    long position = writeUntilLoopsDoIt();
    runTasks();
    until(() -> kit.gate.passes(position));
    assertThat(kit.content("appendonly.aof.2.incr.aof"))
        .endsWith(AofKit.resp("SET", "key", "" + (written - 1)));
  }
}
