package io.hashslot.bus.core;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.wire.BusFrame;
import io.hashslot.bus.wire.MessageFlags;
import io.hashslot.bus.wire.MessageType;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import org.junit.jupiter.api.Test;

/** I am a primary, and a replica asks for my place. When do I tell it at which offset I stand? */
class StandstillTest {
  private static final NodeId ME = TestCore.id('a');
  private static final NodeId REPLICA = TestCore.id('b');

  private final TestCore test =
      new TestCore(
          1,
          0,
          TestCore.node(ME, NodeFlags.MYSELF | NodeFlags.PRIMARY, null, SlotSet.range(0, 99), 1),
          TestCore.node(REPLICA, NodeFlags.REPLICA, ME, new SlotSet(), 1));

  /** Returns the number of the pause that the request begins. */
  private long requested() {
    test.receive(MessageType.MFSTART, REPLICA, ME, frame -> frame);
    return requireNonNull(test.effect(Effect.PauseWrites.class)).number();
  }

  private void stands(long pause) {
    test.out.clear();
    test.core.onStandstill(pause, test.at(), test.out);
  }

  private long framesThatTellIt() {
    return test.out.list().stream()
        .filter(effect -> effect instanceof Effect.Send send && saysPaused(send))
        .count();
  }

  private static boolean saysPaused(Effect.Send send) {
    var frame = new BusFrame();
    assertThat(frame.wrap(send.frame(), 0, send.frame().capacity())).isNull();
    return (frame.header().messageFlags() & MessageFlags.PAUSED) != 0;
  }

  @Test
  void notWhileWritesAreUnderWay() {
    long pause = requested();
    assertThat(framesThatTellIt()).isZero();
    test.tick(200);
    assertThat(framesThatTellIt()).isZero();
    stands(pause);
    assertThat(framesThatTellIt()).isOne();
  }

  @Test
  void notWhenAnEarlierPauseComesToRest() {
    long earlier = requested();
    long pause = requested();
    stands(earlier);
    assertThat(framesThatTellIt()).isZero();
    stands(pause);
    assertThat(framesThatTellIt()).isOne();
  }

  @Test
  void notWhenItWasGivenUp() {
    long pause = requested();
    test.tick(ClusterConfig.defaults(7000).manualFailoverTimeoutMs() + 1);
    stands(pause);
    assertThat(framesThatTellIt()).isZero();
  }
}
