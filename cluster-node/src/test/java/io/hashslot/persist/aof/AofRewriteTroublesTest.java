package io.hashslot.persist.aof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rewrites that cannot make their files known, or do not live to see their end. */
class AofRewriteTroublesTest {
  private static final String SELECT_0 = AofKit.resp("SELECT", "0");

  @TempDir Path folder;
  private AofKit kit;

  @BeforeEach
  void start() throws Exception {
    kit = new AofKit(folder.resolve("here"));
    Files.createDirectories(folder.resolve("here"));
    kit.start();
  }

  @AfterEach
  void close() {
    kit.snapshot.countDown();
    kit.close();
  }

  private static void until(BooleanSupplier condition) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(5))
        .until(condition::getAsBoolean);
  }

  /** Stands where the manifest is written before it takes its place. */
  private Path obstacle() {
    return kit.path("temp-appendonly.aof.manifest");
  }

  private void putObstacle() throws IOException {
    Files.createDirectory(obstacle());
    Files.createFile(obstacle().resolve("file"));
  }

  private void removeObstacle() throws IOException {
    Files.delete(obstacle().resolve("file"));
    Files.delete(obstacle());
  }

  /** The one before may be just about to end. */
  private static void beginRewrite(AofKit of) {
    until(() -> of.aof.rewrite(false) == Aof.Wish.STARTED);
  }

  private void rewrite() {
    beginRewrite(kit);
    until(() -> !kit.aof.rewriting());
  }

  @Test
  void anIncrementThatCannotBeMadeKnownIsNotWritten() throws Exception {
    kit.write(0, "SET", "a", "1");
    putObstacle();
    rewrite();
    assertThat(kit.aof.figures().lastRewriteSucceeded()).isFalse();
    assertThat(kit.manifest()).isEqualTo("1.base.rdb 1.incr.aof");
    kit.write(0, "SET", "b", "2");
    until(() -> kit.content("appendonly.aof.1.incr.aof").endsWith(AofKit.resp("SET", "b", "2")));
    removeObstacle();
    rewrite();
    assertThat(kit.aof.figures().lastRewriteSucceeded()).isTrue();
    until(() -> kit.manifest().startsWith("2.base.rdb "));
  }

  @Test
  void aBaseThatCannotBeMadeKnownIsNotLoaded() throws Exception {
    kit.snapshot = new CountDownLatch(1);
    kit.write(0, "SET", "a", "1");
    beginRewrite(kit);
    until(() -> kit.manifest().equals("1.base.rdb 1.incr.aof 2.incr.aof"));
    putObstacle();
    kit.snapshot.countDown();
    until(() -> !kit.aof.rewriting());
    assertThat(kit.aof.figures().lastRewriteSucceeded()).isFalse();
    assertThat(kit.manifest()).isEqualTo("1.base.rdb 1.incr.aof 2.incr.aof");
    kit.write(0, "SET", "b", "2");
    until(
        () ->
            kit.content("appendonly.aof.2.incr.aof")
                .equals(SELECT_0 + AofKit.resp("SET", "b", "2")));
    removeObstacle();
    rewrite();
    until(() -> kit.manifest().equals("2.base.rdb 3.incr.aof"));
  }

  @Test
  void whoIsKilledInTheMiddleGoesOnWithAllThatIsListed() throws Exception {
    kit.snapshot = new CountDownLatch(1);
    kit.write(0, "SET", "a", "1");
    beginRewrite(kit);
    until(() -> kit.manifest().equals("1.base.rdb 1.incr.aof 2.incr.aof"));
    kit.write(0, "SET", "b", "2");
    until(() -> kit.content("appendonly.aof.2.incr.aof").endsWith(AofKit.resp("SET", "b", "2")));
    Path asItWas = folder.resolve("killed");
    copy(folder.resolve("here"), asItWas);
    try (AofKit again = new AofKit(asItWas)) {
      again.start();
      assertThat(again.manifest()).isEqualTo("1.base.rdb 1.incr.aof 2.incr.aof");
      again.write(0, "SET", "c", "3");
      until(
          () -> again.content("appendonly.aof.2.incr.aof").endsWith(AofKit.resp("SET", "c", "3")));
      beginRewrite(again);
      until(() -> again.manifest().equals("2.base.rdb 3.incr.aof"));
    }
  }

  @Test
  void rewritesThatFailAgainAndAgainAreNotBegunAtEachTick() throws Exception {
    kit.percentage = 1;
    kit.minBytes = 1;
    kit.snapshotFails = true;
    kit.write(0, "SET", "a", "x".repeat(1000));
    until(() -> kit.aof.size() > 1000);
    until(
        () -> {
          kit.aof.tick();
          return kit.aof.figures().failures() == 3;
        });
    long begun = kit.aof.figures().rewrites();
    kit.aof.tick();
    assertThat(kit.aof.figures().rewrites()).as("within a minute").isEqualTo(begun);
    kit.snapshotFails = false;
    rewrite();
    assertThat(kit.aof.figures().failures()).as("after one that was asked for").isZero();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
