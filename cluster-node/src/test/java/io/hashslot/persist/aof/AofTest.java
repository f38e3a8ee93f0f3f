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

/** What is written when, and what becomes of it when the disk does not take it. */
class AofTest {
  private static final String SELECT_0 = AofKit.resp("SELECT", "0");
  private static final String FIRST = "appendonly.aof.1.incr.aof";
  private static final String SECOND = "appendonly.aof.2.incr.aof";

  @TempDir Path folder;
  private AofKit kit;

  @BeforeEach
  void open() {
    kit = new AofKit(folder);
  }

  @AfterEach
  void close() {
    kit.disk.sync.countDown();
    kit.disk.write.countDown();
    kit.snapshot.countDown();
    kit.disk.room = Long.MAX_VALUE;
    kit.close();
  }

  private static void until(BooleanSupplier condition) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(5))
        .until(condition::getAsBoolean);
  }

  private void untilFile(String name, String content) {
    until(() -> kit.content(name).equals(content));
  }

  private void rewrite() {
    // The one before may be just about to end.
    until(() -> kit.aof.rewrite(false) == Aof.Wish.STARTED);
    until(() -> !kit.aof.rewriting());
  }

  @Test
  void aFreshStartMakesAnEmptyBaseAndAnEmptyIncrement() throws Exception {
    kit.start();
    assertThat(kit.content("appendonly.aof.manifest"))
        .isEqualTo(
            "file appendonly.aof.1.base.rdb seq 1 type b\n"
                + "file appendonly.aof.1.incr.aof seq 1 type i\n");
    assertThat(kit.path(FIRST)).isEmptyFile();
    assertThat(kit.content("appendonly.aof.1.base.rdb")).isEqualTo("base");
    assertThat(folder).isDirectoryNotContaining("glob:**temp*");
  }

  @Test
  void aLaterStartGoesOnWithTheLastIncrement() throws Exception {
    kit.start();
    kit.write(3, "SET", "a", "1");
    kit.close();
    kit = new AofKit(folder).start();
    kit.write(3, "SET", "b", "2");
    String select = AofKit.resp("SELECT", "3");
    untilFile(FIRST, select + AofKit.resp("SET", "a", "1") + select + AofKit.resp("SET", "b", "2"));
    assertThat(kit.manifest()).isEqualTo("1.base.rdb 1.incr.aof");
  }

  @Test
  void whatIsForReplicasAloneIsNotWritten() throws Exception {
    kit.start();
    kit.write(0, "SET", "a", "1");
    kit.write(-1, "PING");
    kit.write(-1, "REPLCONF", "GETACK", "*");
    long end = kit.write(0, "DEL", "a");
    untilFile(FIRST, SELECT_0 + AofKit.resp("SET", "a", "1") + AofKit.resp("DEL", "a"));
    until(() -> kit.aof.durableOffset() == end);
  }

  @Test
  void withAlwaysNothingPassesBeforeItIsSynced() throws Exception {
    kit.policy = FsyncPolicy.ALWAYS;
    kit.start();
    kit.disk.sync = new CountDownLatch(1);
    long position = kit.write(0, "SET", "a", "1");
    assertThat(kit.gate.position()).isEqualTo(position);
    untilFile(FIRST, SELECT_0 + AofKit.resp("SET", "a", "1"));
    assertThat(kit.gate.passes(position)).isFalse();
    assertThat(kit.aof.durableOffset()).isLessThan(position);
    kit.disk.sync.countDown();
    until(() -> kit.gate.passes(position));
    assertThat(kit.aof.durableOffset()).isEqualTo(position);
  }

  @Test
  void theGateOpensWithAnotherPolicyOnceEverythingIsSynced() throws Exception {
    kit.policy = FsyncPolicy.ALWAYS;
    kit.start();
    kit.disk.sync = new CountDownLatch(1);
    long position = kit.write(0, "SET", "a", "1");
    kit.policy = FsyncPolicy.NO;
    kit.aof.policyChanged();
    assertThat(kit.gate.passes(position)).isFalse();
    kit.disk.sync.countDown();
    until(() -> kit.gate.passes(Long.MAX_VALUE));
    assertThat(kit.aof.durableOffset()).isEqualTo(position);
    kit.policy = FsyncPolicy.ALWAYS;
    kit.aof.policyChanged();
    assertThat(kit.gate.passes(kit.write(0, "SET", "b", "1") + 1)).isFalse();
  }

  @Test
  void clientsAreHeldBackWhileTheDiskDoesNotKeepUp() throws Exception {
    kit.policy = FsyncPolicy.NO;
    kit.lagLimit = 2000;
    kit.start();
    kit.disk.write = new CountDownLatch(1);
    long first = kit.write(0, "SET", "a", "1");
    // What a write has taken from the journal lags no more: only what comes after it is counted.
    until(() -> kit.disk.writeBegan);
    kit.aof.tick();
    assertThat(kit.gate.passes(kit.gate.position())).as("within the limit").isTrue();
    while (kit.journal.end() < first + 5000) {
      kit.write(0, "SET", "a", "x".repeat(100));
    }
    kit.aof.tick();
    long position = kit.gate.position();
    assertThat(position).isEqualTo(kit.journal.end());
    assertThat(kit.gate.passes(position)).isFalse();
    kit.disk.write.countDown();
    until(() -> kit.gate.passes(position));
    // Nobody waits any more as soon as it is seen that the file has caught up.
    until(
        () -> {
          kit.aof.tick();
          return kit.gate.passes(Long.MAX_VALUE);
        });
  }

  @Test
  void nobodyIsHeldBackWhileNothingCanBeWritten() throws Exception {
    kit.policy = FsyncPolicy.NO;
    kit.lagLimit = 2000;
    kit.start();
    kit.disk.room = 0;
    for (int i = 0; i < 100; i++) {
      kit.write(0, "SET", "a", "x".repeat(100));
    }
    until(() -> kit.node.writeError() != null);
    kit.aof.tick();
    assertThat(kit.gate.passes(kit.gate.position())).isTrue();
  }

  @Test
  void withAlwaysAnErrorEndsTheProcess() throws Exception {
    kit.policy = FsyncPolicy.ALWAYS;
    kit.start();
    kit.disk.room = 10;
    long position = kit.write(0, "SET", "a", "1");
    until(() -> kit.fatal != null);
    assertThat(kit.fatal).isEqualTo("No space left on device");
    assertThat(kit.gate.passes(position)).isFalse();
  }

  @Test
  void withAlwaysASyncThatFailsEndsTheProcess() throws Exception {
    kit.policy = FsyncPolicy.ALWAYS;
    kit.start();
    kit.disk.failsToSync = true;
    long position = kit.write(0, "SET", "a", "1");
    until(() -> kit.fatal != null);
    assertThat(kit.gate.passes(position)).isFalse();
  }

  @Test
  void aFullDiskRefusesWritesLeavesNoHalvesAndIsTriedAgain() throws Exception {
    kit.start();
    kit.write(0, "SET", "a", "1");
    String before = SELECT_0 + AofKit.resp("SET", "a", "1");
    untilFile(FIRST, before);
    kit.disk.room = 10;
    kit.write(0, "SET", "b", "2");
    until(() -> kit.node.writeError() != null);
    assertThat(kit.node.writeError())
        .isEqualTo("MISCONF Errors writing to the AOF file: No space left on device");
    assertThat(kit.aof.figures().writesSucceed()).isFalse();
    // It is tried again and again, and what was written of it taken back.
    untilFile(FIRST, before);
    kit.disk.room = 1000;
    until(() -> kit.node.writeError() == null);
    untilFile(FIRST, before + AofKit.resp("SET", "b", "2"));
    assertThat(kit.aof.figures().writesSucceed()).isTrue();
  }

  @Test
  void whatCannotBeTakenBackIsContinued() throws Exception {
    kit.start();
    kit.disk.failsToTruncate = true;
    kit.disk.room = 30;
    kit.write(0, "SET", "a", "1");
    until(() -> kit.node.writeError() != null);
    assertThat(kit.content(FIRST)).hasSize(30);
    kit.disk.room = 1000;
    untilFile(FIRST, SELECT_0 + AofKit.resp("SET", "a", "1"));
  }

  @Test
  void aSyncThatFailsRefusesWritesUntilOneSucceeds() throws Exception {
    kit.start();
    kit.disk.failsToSync = true;
    long position = kit.write(0, "SET", "a", "1");
    until(() -> kit.node.writeError() != null);
    assertThat(kit.aof.durableOffset()).isLessThan(position);
    kit.disk.failsToSync = false;
    until(() -> kit.node.writeError() == null);
    until(() -> kit.aof.durableOffset() == position);
  }

  @Test
  void aWriteWaitsForASyncUnderWayButNotForEver() throws Exception {
    kit.start();
    kit.disk.sync = new CountDownLatch(1);
    kit.write(0, "SET", "a", "1");
    until(() -> kit.aof.figures().pendingSyncs() == 1);
    String before = kit.content(FIRST);
    kit.write(0, "SET", "b", "2");
    until(() -> kit.aof.figures().bufferBytes() > 0 || kit.aof.figures().delayedSyncs() == 1);
    until(() -> kit.aof.figures().delayedSyncs() == 1);
    untilFile(FIRST, before + AofKit.resp("SET", "b", "2"));
  }

  @Test
  void withNoNothingIsSynced() throws Exception {
    kit.policy = FsyncPolicy.NO;
    kit.start();
    int syncs = kit.disk.syncs;
    kit.write(0, "SET", "a", "1");
    untilFile(FIRST, SELECT_0 + AofKit.resp("SET", "a", "1"));
    assertThat(kit.disk.syncs).isEqualTo(syncs);
    assertThat(kit.aof.durableOffset()).isZero();
    assertThat(kit.aof.finish()).isTrue();
    assertThat(kit.aof.durableOffset()).isEqualTo(kit.journal.end());
  }

  @Test
  void aRewriteGoesOnWithTheNextIncrementAndRemovesWhatWasBefore() throws Exception {
    kit.start();
    kit.write(5, "SET", "a", "1");
    rewrite();
    kit.write(5, "SET", "b", "2");
    untilFile(SECOND, AofKit.resp("SELECT", "5") + AofKit.resp("SET", "b", "2"));
    until(() -> kit.manifest().equals("2.base.rdb 2.incr.aof"));
    assertThat(kit.path(FIRST)).doesNotExist();
    assertThat(kit.path("appendonly.aof.1.base.rdb")).doesNotExist();
    assertThat(folder).isDirectoryNotContaining("glob:**temp*");
    assertThat(kit.aof.figures().lastRewriteSucceeded()).isTrue();
  }

  @Test
  void aRewriteThatFailsLeavesOneMoreIncrement() throws Exception {
    kit.start();
    kit.write(0, "SET", "a", "1");
    kit.snapshotFails = true;
    rewrite();
    rewrite();
    kit.write(0, "SET", "b", "2");
    untilFile("appendonly.aof.3.incr.aof", SELECT_0 + AofKit.resp("SET", "b", "2"));
    assertThat(kit.manifest()).isEqualTo("1.base.rdb 1.incr.aof 2.incr.aof 3.incr.aof");
    assertThat(kit.aof.figures().lastRewriteSucceeded()).isFalse();
    assertThat(kit.aof.figures().failures()).isEqualTo(2);
    kit.snapshotFails = false;
    rewrite();
    until(() -> kit.manifest().equals("2.base.rdb 4.incr.aof"));
    assertThat(kit.aof.figures().failures()).isZero();
  }

  @Test
  void aSecondWishIsRefusedAndOneFromATransactionComesLater() throws Exception {
    kit.start();
    kit.snapshot = new CountDownLatch(1);
    assertThat(kit.aof.rewrite(true)).isEqualTo(Aof.Wish.SCHEDULED);
    assertThat(kit.aof.figures().rewriteScheduled()).isTrue();
    kit.aof.tick();
    assertThat(kit.aof.rewrite(false)).isEqualTo(Aof.Wish.ALREADY_RUNNING);
    assertThat(kit.aof.rewrite(true)).isEqualTo(Aof.Wish.ALREADY_RUNNING);
    kit.snapshot.countDown();
    until(() -> !kit.aof.rewriting());
    until(() -> kit.manifest().equals("2.base.rdb 2.incr.aof"));
  }

  @Test
  void filesThatHaveGrownAreRewritten() throws Exception {
    kit.start();
    kit.percentage = 100;
    kit.minBytes = 100;
    kit.aof.tick();
    assertThat(kit.aof.rewriting()).isFalse();
    kit.write(0, "SET", "a", "x".repeat(200));
    until(() -> kit.aof.size() > 200);
    kit.aof.tick();
    until(() -> kit.manifest().equals("2.base.rdb 2.incr.aof"));
  }

  @Test
  void switchedOnItProtectsNothingUntilTheFirstRewriteIsOver() throws Exception {
    kit.policy = FsyncPolicy.ALWAYS;
    kit.snapshot = new CountDownLatch(1);
    assertThat(kit.aof.durableOffset()).isEqualTo(-1);
    kit.aof.switchOn();
    until(kit.journal::recording);
    long position = kit.write(7, "SET", "a", "1");
    untilFile(
        "temp-appendonly.aof.incr", AofKit.resp("SELECT", "7") + AofKit.resp("SET", "a", "1"));
    assertThat(kit.manifest()).isEmpty();
    assertThat(kit.gate.passes(Long.MAX_VALUE)).as("replies do not wait yet").isTrue();
    assertThat(kit.aof.durableOffset()).isZero();
    assertThat(kit.aof.finish()).as("may the server end").isFalse();
    kit.snapshot.countDown();
    until(() -> kit.aof.durableOffset() == position);
    assertThat(kit.manifest()).isEqualTo("1.base.rdb 1.incr.aof");
    assertThat(kit.gate.passes(position + 1)).isFalse();
    kit.write(7, "SET", "b", "2");
    untilFile(
        FIRST,
        AofKit.resp("SELECT", "7") + AofKit.resp("SET", "a", "1") + AofKit.resp("SET", "b", "2"));
  }

  @Test
  void aFirstRewriteThatFailsIsTriedAgainFromTheBeginning() throws Exception {
    kit.snapshotFails = true;
    kit.aof.switchOn();
    until(() -> kit.aof.figures().failures() == 1);
    until(() -> !Files.exists(kit.path("temp-appendonly.aof.incr")));
    kit.snapshotFails = false;
    until(
        () -> {
          kit.aof.tick();
          return kit.manifest().equals("1.base.rdb 1.incr.aof");
        });
    kit.write(0, "SET", "a", "1");
    untilFile(FIRST, SELECT_0 + AofKit.resp("SET", "a", "1"));
  }

  @Test
  void switchedOffItLeavesItsFilesAndTheNextOnesFollowThem() throws Exception {
    kit.start();
    kit.write(0, "SET", "a", "1");
    kit.aof.switchOff();
    until(() -> !kit.journal.recording());
    assertThat(kit.content(FIRST)).isEqualTo(SELECT_0 + AofKit.resp("SET", "a", "1"));
    assertThat(kit.aof.durableOffset()).isEqualTo(-1);
    kit.aof.switchOn();
    until(() -> kit.manifest().equals("2.base.rdb 2.incr.aof"));
  }

  @Test
  void switchedOffDuringTheFirstRewriteItForgetsIt() throws Exception {
    kit.snapshot = new CountDownLatch(1);
    kit.aof.switchOn();
    until(() -> Files.exists(kit.path("temp-appendonly.aof.incr")));
    kit.aof.switchOff();
    kit.snapshot.countDown();
    until(() -> !kit.aof.rewriting() && !Files.exists(kit.path("temp-appendonly.aof.incr")));
    assertThat(kit.manifest()).isEmpty();
    assertThat(kit.aof.figures().failures()).as("given up is not failed").isZero();
  }

  @Test
  void otherDataBeginsOtherFiles() throws Exception {
    kit.policy = FsyncPolicy.ALWAYS;
    kit.start();
    kit.write(0, "SET", "a", "1");
    untilFile(FIRST, SELECT_0 + AofKit.resp("SET", "a", "1"));
    kit.journal.restartAt(1_000_000);
    kit.journal.signal();
    until(() -> kit.aof.waitsForFirstRewrite());
    assertThat(kit.gate.passes(Long.MAX_VALUE)).isTrue();
    until(
        () -> {
          kit.aof.tick();
          return !kit.aof.waitsForFirstRewrite();
        });
    until(() -> kit.manifest().equals("2.base.rdb 2.incr.aof"));
    kit.write(0, "SET", "b", "2");
    untilFile(SECOND, SELECT_0 + AofKit.resp("SET", "b", "2"));
  }

  @Test
  void switchedOffItTellsNobodyBeforeEverythingIsSynced() throws Exception {
    kit.start();
    kit.disk.sync = new CountDownLatch(1);
    long position = kit.write(0, "SET", "a", "1");
    kit.aof.switchOff();
    assertThat(kit.gate.passes(kit.gate.position())).isFalse();
    kit.aof.tick();
    assertThat(kit.gate.passes(kit.gate.position())).as("after the timer").isFalse();
    int syncs = kit.disk.syncs;
    kit.disk.sync.countDown();
    until(() -> kit.gate.passes(Long.MAX_VALUE));
    assertThat(kit.disk.syncs).isGreaterThan(syncs);
    assertThat(kit.content(FIRST)).isEqualTo(SELECT_0 + AofKit.resp("SET", "a", "1"));
    assertThat(kit.gate.passes(position)).isTrue();
  }

  @Test
  void aRewriteTakesThePlaceOfAnIncrementThatAFullDiskDoesNotTake() throws Exception {
    kit.start();
    kit.disk.room = 10;
    kit.write(0, "SET", "a", "1");
    until(() -> kit.node.writeError() != null);
    rewrite();
    assertThat(kit.aof.figures().lastRewriteSucceeded()).isTrue();
    until(() -> kit.manifest().equals("2.base.rdb 2.incr.aof"));
    until(() -> kit.node.writeError() == null);
    until(() -> kit.aof.durableOffset() == kit.journal.end());
    kit.disk.room = 1000;
    kit.write(0, "SET", "b", "2");
    untilFile(SECOND, SELECT_0 + AofKit.resp("SET", "b", "2"));
    assertThat(kit.path(FIRST)).doesNotExist();
  }

  @Test
  void whatARewriteCouldNotReplaceIsContinued() throws Exception {
    kit.start();
    kit.disk.room = 10;
    kit.write(0, "SET", "a", "1");
    until(() -> kit.node.writeError() != null);
    kit.snapshotFails = true;
    rewrite();
    assertThat(kit.aof.figures().lastRewriteSucceeded()).isFalse();
    assertThat(kit.manifest()).isEqualTo("1.base.rdb 1.incr.aof");
    kit.disk.room = 1000;
    untilFile(FIRST, SELECT_0 + AofKit.resp("SET", "a", "1"));
    kit.write(0, "SET", "b", "2");
    untilFile(
        FIRST, SELECT_0 + AofKit.resp("SET", "a", "1") + SELECT_0 + AofKit.resp("SET", "b", "2"));
  }
}
