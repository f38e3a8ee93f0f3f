package io.hashslot.bus.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.core.DurableState;
import io.hashslot.bus.core.Effect;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Checks that never fail prove nothing: each broken driver here must be caught, and by name. */
class InvariantsCanFailTest {
  private static final int HISTORIES = 60;

  @Test
  void driverThatDoesNotSyncIsCaught() {
    assertThat(firstFailure(() -> InvariantsCanFailTest::withoutSync))
        .containsAnyOf("that a crash would make it forget", "on disk it is");
  }

  @Test
  void driverThatForgetsVotesIsCaught() {
    assertThat(firstFailure(() -> InvariantsCanFailTest::withoutVotes))
        .contains("that a crash would make it forget");
  }

  @Test
  void driverThatNeverSavesIsCaught() {
    assertThat(firstFailure(() -> effect -> effect instanceof Effect.Persist ? null : effect))
        .containsAnyOf("that a crash would make it forget", "on disk it is");
  }

  private static @Nullable Effect withoutSync(Effect effect) {
    return effect instanceof Effect.Persist persist
        ? new Effect.Persist(persist.state(), false)
        : effect;
  }

  private static @Nullable Effect withoutVotes(Effect effect) {
    if (!(effect instanceof Effect.Persist persist)) return effect;
    DurableState state = persist.state();
    return new Effect.Persist(
        new DurableState(state.currentEpoch(), 0, state.nodes()), persist.sync());
  }

  private static String firstFailure(Supplier<EffectFilter> broken) {
    for (long seed = 1; seed <= HISTORIES; seed++) {
      Violation violation = History.drawn(seed, broken.get()).violation();
      if (violation != null) return String.valueOf(violation.getMessage());
    }
    throw new AssertionError("nobody noticed in " + HISTORIES + " histories");
  }
}
