package io.hashslot.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/**
 * Source and target of a migration against each other, on virtual time: messages take their time,
 * the connection breaks, a side stands still, somebody cancels. The target must never have slots,
 * by the higher epoch, that were written to at the source after it had paused.
 *
 * <p>{@code -Dmigration.seeds=N} plays N histories, {@code -Dmigration.seed=S} one of them.
 */
class MigrationMachinesTest {
  private static final ExportMachine.Limits LIMITS =
      new ExportMachine.Limits(5_000, 3_000, 4_000, 0);

  /** The target takes slots only this long after it has asked for them. */
  private static final long GRANT_HOLDS_MS = 2_000;

  private static final long TICK_MS = 50;
  private static final long END_MS = 60_000;

  private record Due(long atMs, int number, Runnable action) {}

  /** One history. */
  private static final class History {
    private final RandomGenerator random;
    private final boolean trouble;
    private final PriorityQueue<Due> queue =
        new PriorityQueue<>(Comparator.comparingLong(Due::atMs).thenComparingInt(Due::number));
    private final List<String> transcript = new ArrayList<>();
    private final ExportMachine source;
    private final ImportMachine target;
    private int numbers;
    private long nowMs = 1;
    private long sourceFrozenUntilMs;
    private long targetFrozenUntilMs;
    private long toTargetMs;
    private long toSourceMs;
    private boolean connected = true;

    /** Epochs of the two claims on the slots; the higher one counts. */
    private long sourceEpoch = 1;

    private long targetEpoch;
    private boolean snapshotWhole;
    private boolean taken;
    private long askedMs;
    private boolean wroteAfterPaused;

    History(long seed, boolean trouble) {
      random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
      this.trouble = trouble;
      source = new ExportMachine(LIMITS, random.nextBoolean(), this::source, nowMs);
      target = new ImportMachine(LIMITS.silenceMs(), this::target, nowMs);
    }

    void play() {
      at(1 + random.nextInt(20), true, () -> source.connected(nowMs));
      at(TICK_MS, true, this::tickSource);
      at(TICK_MS, false, this::tickTarget);
      if (trouble) {
        disturb();
      }
      while (!queue.isEmpty() && nowMs < END_MS) {
        Due due = queue.remove();
        nowMs = Math.max(nowMs, due.atMs());
        due.action().run();
        check();
      }
    }

    /** Runs an action of one side, which may stand still. */
    private void at(long afterMs, boolean ofSource, Runnable action) {
      queue.add(
          new Due(
              nowMs + afterMs,
              numbers++,
              () -> {
                long until = ofSource ? sourceFrozenUntilMs : targetFrozenUntilMs;
                if (nowMs < until) {
                  at(until - nowMs, ofSource, action);
                } else {
                  action.run();
                }
              }));
    }

    private void disturb() {
      for (int i = random.nextInt(3); i >= 0; i--) {
        long whenMs = random.nextInt(2_500);
        switch (random.nextInt(5)) {
          case 0 -> at(whenMs, true, this::breakConnection);
          case 1 -> at(whenMs, true, () -> sourceFrozenUntilMs = nowMs + random.nextInt(9_000));
          case 2 -> at(whenMs, false, () -> targetFrozenUntilMs = nowMs + random.nextInt(9_000));
          case 3 -> at(whenMs, true, () -> source.cancel(nowMs));
          default -> at(whenMs, false, () -> target.failed("out of memory", nowMs));
        }
      }
    }

    private void breakConnection() {
      if (connected) {
        connected = false;
        at(random.nextInt(50), true, () -> source.failed("connection lost", nowMs));
        at(random.nextInt(50), false, () -> target.failed("connection lost", nowMs));
      }
    }

    private void tickSource() {
      source.tick(nowMs);
      if (source.state() == MigrationState.WAITING_TO_PAUSE) {
        source.lag(random.nextInt(3) == 0 ? 0 : 100, nowMs);
      }
      at(TICK_MS, true, this::tickSource);
    }

    private void tickTarget() {
      target.tick(nowMs);
      at(TICK_MS, false, this::tickTarget);
    }

    private void toTarget(Message message) {
      toTargetMs = Math.max(toTargetMs + 1, nowMs + 1 + random.nextInt(100));
      if (connected) {
        at(toTargetMs - nowMs, false, () -> target.heard(message, nowMs));
      }
    }

    private void toSource(Message message) {
      toSourceMs = Math.max(toSourceMs + 1, nowMs + 1 + random.nextInt(100));
      if (connected) {
        at(toSourceMs - nowMs, true, () -> source.heard(message, nowMs));
      }
    }

    private void source(ExportMachine.Step step) {
      transcript.add(nowMs + " source " + step + ' ' + source.message());
      switch (step) {
        case LOGIN -> at(random.nextInt(20), true, () -> source.loggedIn(nowMs));
        case ESTABLISH -> at(random.nextInt(20), true, () -> source.established(nowMs));
        case ACKNOWLEDGE -> toTarget(Message.ACK);
        case SNAPSHOT -> {
          at(random.nextInt(300), true, () -> source.snapshotBegun(nowMs));
          at(300 + random.nextInt(1_000), true, () -> source.snapshotSent(nowMs));
        }
        case STREAM -> toTarget(Message.SNAPSHOT_EOF);
        case PAUSE -> {
          toTarget(Message.PAUSED);
        }
        case GRANT -> toTarget(Message.FAILOVER_GRANTED);
        case RECLAIM -> {
          boolean stillMine = sourceEpoch > targetEpoch || !heardOfTarget();
          if (stillMine) {
            sourceEpoch += 2;
          }
          at(random.nextInt(20), true, () -> source.reclaimed(stillMine, nowMs));
        }
        case END -> {
          breakConnection();
          if (source.state() != MigrationState.SUCCESS && askedMs > 0) {
            wroteAfterPaused = true;
          }
        }
      }
    }

    /** The bus is late at most as long as the source waits after its grant. */
    private boolean heardOfTarget() {
      return taken;
    }

    private void target(ImportMachine.Step step) {
      transcript.add(nowMs + " target " + step + ' ' + target.message());
      switch (step) {
        case ACKNOWLEDGE -> toSource(Message.ACK);
        case ASK_PAUSE -> {
          snapshotWhole = true;
          toSource(Message.REQUEST_PAUSE);
        }
        case AWAIT_COPIES -> at(random.nextInt(500), false, () -> target.copiesReady(nowMs));
        case ASK_FAILOVER -> {
          askedMs = nowMs;
          toSource(Message.REQUEST_FAILOVER);
        }
        case TAKE -> at(random.nextInt(20), false, this::take);
        case CLEAN_UP -> at(random.nextInt(200), false, () -> target.cleaned(nowMs));
        case DISCONNECT -> breakConnection();
        case FINISH, GIVE_UP -> {}
      }
    }

    private void take() {
      if (nowMs > askedMs + GRANT_HOLDS_MS || sourceEpoch > 1) {
        target.taken("The slots were granted too long ago", nowMs);
        return;
      }
      taken = true;
      targetEpoch = sourceEpoch + 1;
      target.taken("", nowMs);
      at(1 + random.nextInt(1_500), true, () -> source.owned(ExportMachine.Owner.TARGET, nowMs));
    }

    private void check() {
      assertThat(taken && !snapshotWhole).as("taken without all keys\n%s", text()).isFalse();
      assertThat(taken && wroteAfterPaused && targetEpoch > sourceEpoch)
          .as("the target has taken slots that were written to after the pause\n%s", text())
          .isFalse();
    }

    String text() {
      return String.join("\n", transcript);
    }
  }

  @Test
  void aMigrationThatNothingDisturbsSucceeds() {
    for (int seed = 0; seed < 50; seed++) {
      History history = new History(seed, false);
      history.play();
      assertThat(history.source.state()).as(history.text()).isEqualTo(MigrationState.SUCCESS);
      assertThat(history.target.state()).as(history.text()).isEqualTo(MigrationState.SUCCESS);
    }
  }

  @Test
  void whateverHappensBothSidesComeToAnEndAndNeverServeBoth() {
    Long only = Long.getLong("migration.seed");
    long seeds = only == null ? Long.getLong("migration.seeds", 500) : 1;
    int succeeded = 0;
    for (long i = 0; i < seeds; i++) {
      long seed = only == null ? i : only;
      History history = new History(seed, true);
      try {
        history.play();
        assertThat(history.source.state().terminal()).isTrue();
        assertThat(history.target.state().terminal()).isTrue();
        assertThat(history.target.state() == MigrationState.SUCCESS).isEqualTo(history.taken);
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError(
            "replay with -Dmigration.seed=" + seed + '\n' + history.text(), failure);
      }
      succeeded += history.taken ? 1 : 0;
    }
    if (only == null) {
      assertThat((long) succeeded).as("some get through").isBetween(1L, seeds - 1);
    }
  }

  @Test
  void theSameSeedTellsTheSameStory() {
    for (long seed = 0; seed < 20; seed++) {
      History one = new History(seed, true);
      History other = new History(seed, true);
      one.play();
      other.play();
      assertThat(one.text()).isEqualTo(other.text());
    }
  }

  @Test
  void onceGrantedTheUserCannotCancelAndALostConnectionDecidesNothing() {
    List<ExportMachine.Step> steps = new ArrayList<>();
    ExportMachine source = new ExportMachine(LIMITS, false, steps::add, 1);
    source.connected(2);
    source.established(3);
    source.snapshotBegun(4);
    source.snapshotSent(5);
    source.heard(Message.REQUEST_PAUSE, 6);
    source.lag(1, 7);
    assertThat(source.state()).isEqualTo(MigrationState.WAITING_TO_PAUSE);
    source.lag(0, 8);
    source.heard(Message.REQUEST_FAILOVER, 9);
    assertThat(source.state().text()).isEqualTo("failover-granted");
    source.cancel(10);
    source.failed("connection lost", 11);
    assertThat(source.state().text()).isEqualTo("failover-granted");
    source.tick(9 + LIMITS.grantMs());
    assertThat(steps).endsWith(ExportMachine.Step.GRANT, ExportMachine.Step.RECLAIM);
    source.reclaimed(true, 5_000);
    assertThat(steps).endsWith(ExportMachine.Step.END);
    assertThat(source.state().text()).isEqualTo("failed");
    assertThat(source.message()).contains("possible lost writes");
  }

  @Test
  void writersArePausedOnlyWhenTheCopiesOfTheTargetHaveTheSnapshot() {
    List<ImportMachine.Step> steps = new ArrayList<>();
    ImportMachine target = new ImportMachine(5_000, steps::add, 1);
    target.heard(Message.ACK, 2);
    target.heard(Message.SNAPSHOT_EOF, 3);
    assertThat(steps).containsExactly(ImportMachine.Step.AWAIT_COPIES);
    target.copiesReady(4);
    assertThat(steps).endsWith(ImportMachine.Step.ASK_PAUSE);
    target.copiesReady(5);
    assertThat(steps).endsWith(ImportMachine.Step.ASK_PAUSE).hasSize(2);
    target.heard(Message.PAUSED, 6);
    assertThat(steps).endsWith(ImportMachine.Step.AWAIT_COPIES);
    target.copiesReady(7);
    assertThat(steps).endsWith(ImportMachine.Step.ASK_FAILOVER);
  }

  @Test
  void aPauseThatNobodyHasAskedForEndsTheMigration() {
    ImportMachine target = new ImportMachine(5_000, _ -> {}, 1);
    target.heard(Message.ACK, 2);
    target.heard(Message.SNAPSHOT_EOF, 3);
    target.heard(Message.PAUSED, 4);
    assertThat(target.message())
        .isEqualTo("Unexpected PAUSED from the source while waiting-for-paused");
  }

  @Test
  void messagesOutOfOrderEndTheMigration() {
    List<ImportMachine.Step> steps = new ArrayList<>();
    ImportMachine target = new ImportMachine(5_000, steps::add, 1);
    target.heard(Message.ACK, 2);
    target.heard(Message.PAUSED, 3);
    assertThat(target.state().text()).isEqualTo("cleaning-up");
    assertThat(steps).containsExactly(ImportMachine.Step.DISCONNECT, ImportMachine.Step.CLEAN_UP);
    target.cleaned(4);
    assertThat(target.state().text()).isEqualTo("failed");
    assertThat(target.message())
        .isEqualTo("Unexpected PAUSED from the source while receiving-snapshot");
  }
}
