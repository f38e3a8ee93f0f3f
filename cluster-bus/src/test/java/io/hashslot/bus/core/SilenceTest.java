package io.hashslot.bus.core;

import static io.hashslot.bus.core.TestCore.id;
import static io.hashslot.bus.core.TestCore.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A primary that did not move for a while, and hears of nothing but that all others are well. */
class SilenceTest {
  private static final NodeId ME = id('a');
  private static final NodeId SECOND = id('b');
  private static final NodeId THIRD = id('c');
  private static final long NODE_TIMEOUT_MS = ClusterConfig.defaults(7000).nodeTimeoutMs();

  private final TestCore t =
      new TestCore(
          3,
          0,
          node(ME, NodeFlags.PRIMARY | NodeFlags.MYSELF, null, SlotSet.range(0, 5_000), 1),
          node(SECOND, NodeFlags.PRIMARY, null, SlotSet.range(5_001, 10_000), 2),
          node(THIRD, NodeFlags.PRIMARY, null, SlotSet.range(10_001, 16_383), 3));

  /** Time passes, the others tell that they are well, then comes one tick, and they answer it. */
  private ClusterHealth tickAfter(long ms) {
    t.nowMs += ms;
    t.claim(SECOND, 2, SlotSet.range(5_001, 10_000));
    t.claim(THIRD, 3, SlotSet.range(10_001, 16_383));
    t.core.onTick(t.at(), t.out);
    t.answer(SECOND, frame -> frame.configEpoch(2).slots(SlotSet.range(5_001, 10_000)));
    t.answer(THIRD, frame -> frame.configEpoch(3).slots(SlotSet.range(10_001, 16_383)));
    return t.core.view().health();
  }

  private void ticksFor(long ms) {
    for (long passed = 0; passed < ms; passed += 100) tickAfter(100);
  }

  @BeforeEach
  void isWell() {
    ticksFor(3_000);
    assertThat(t.core.view().health()).isEqualTo(ClusterHealth.OK);
  }

  @Test
  void aShortGapBetweenTicksIsNoMatter() {
    assertThat(tickAfter(NODE_TIMEOUT_MS - 1)).isEqualTo(ClusterHealth.OK);
  }

  @Test
  void afterAGapOfTheNodeTimeoutItSettlesBeforeItServes() {
    assertThat(tickAfter(NODE_TIMEOUT_MS)).isEqualTo(ClusterHealth.SETTLING);
    ticksFor(4_800);
    assertThat(t.core.view().health()).isEqualTo(ClusterHealth.SETTLING);
    ticksFor(300);
    assertThat(t.core.view().health()).isEqualTo(ClusterHealth.OK);
  }

  @Test
  void whileItIsKnownToBeSilentItIsClosed() {
    t.core.onSilence(t.at(), t.out);
    assertThat(t.core.view().health().ok()).isFalse();
    assertThat(tickAfter(100)).isEqualTo(ClusterHealth.SETTLING);
  }
}
