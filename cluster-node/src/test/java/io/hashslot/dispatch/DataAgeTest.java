package io.hashslot.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandFlag;
import io.hashslot.command.CommandSpec;
import io.hashslot.session.Session;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a replica may answer when its data may be too old. */
class DataAgeTest {
  private static final long READ = CommandFlag.READONLY.bit();
  private static final long WRITE = CommandFlag.WRITE.bit();
  private static final int SLOT = 7;

  private final NodeState state = new NodeState();
  private final Gates gates = new Gates(state);
  private final Session session = new NoClient(new HereAndNow()).session();

  /** A cluster that knows of every slot but one where its primary is. */
  private static final class Redirecting implements SlotGate {
    @Override
    public @Nullable String refuse(Session session, CommandSpec command, int slot, boolean write) {
      return null;
    }

    @Override
    public @Nullable String redirect(Session session, int slot) {
      return slot == SLOT ? "MOVED 7 127.0.0.1:1" : null;
    }

    @Override
    public boolean open(int slot) {
      return false;
    }

    @Override
    public @Nullable String refuseOpen(
        Session session, CommandSpec command, int slot, Found found) {
      return null;
    }
  }

  private @Nullable String judge(long flags, @Nullable SlotGate slotGate, int slot, long nowNs) {
    return gates.judgeAge(session, flags, slotGate, slot, nowNs);
  }

  @Test
  void readsOfAReplicaAreRefusedFromTheMomentOn() {
    state.replica(true);
    state.freshUntil(100);
    assertThat(judge(READ, null, Planner.NO_SLOT, 100)).isNull();
    assertThat(judge(READ, null, Planner.NO_SLOT, 101)).startsWith("STALE ");
    assertThat(judge(READ | WRITE, null, Planner.NO_SLOT, 101)).startsWith("STALE ");
    assertThat(judge(WRITE, null, Planner.NO_SLOT, 101)).isNull();
    assertThat(judge(0, null, Planner.NO_SLOT, 101)).isNull();
  }

  @Test
  void inAClusterTheyAreSentToThePrimaryOfTheSlot() {
    state.replica(true);
    state.freshUntil(100);
    Redirecting cluster = new Redirecting();
    assertThat(judge(READ, cluster, SLOT, 101)).isEqualTo("MOVED 7 127.0.0.1:1");
    assertThat(judge(READ, cluster, SLOT + 1, 101)).startsWith("STALE ");
    assertThat(judge(READ, cluster, Planner.NO_SLOT, 101)).startsWith("STALE ");
    assertThat(judge(READ, cluster, SLOT, 99)).isNull();
  }

  @Test
  void withoutABoundAndOnAPrimaryAnyAgeWillDo() {
    state.freshUntil(100);
    assertThat(judge(READ, null, Planner.NO_SLOT, 101)).isNull();
    state.replica(true);
    state.anyAge();
    assertThat(judge(READ, null, Planner.NO_SLOT, 101)).isNull();
  }
}
