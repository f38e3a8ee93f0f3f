package io.hashslot.bus.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.wire.MessageType;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import org.junit.jupiter.api.Test;

/** What everybody outside the bus thread sees. */
class ViewsTest {
  private static final NodeId ME = TestCore.id('b');
  private static final NodeId OTHER = TestCore.id('x');

  private final TestCore test =
      new TestCore(
          5,
          0,
          TestCore.node(ME, NodeFlags.MYSELF | NodeFlags.PRIMARY, null, SlotSet.range(0, 99), 1),
          TestCore.node(OTHER, NodeFlags.PRIMARY, null, SlotSet.range(100, 199), 2));

  /**
   * Slots in a view name their owners by place. A stranger in handshake has a random name, and so
   * any place: before, between or behind the others.
   */
  @Test
  void slotsKeepTheirOwnersWhileStrangersComeIn() {
    for (char letter = 'c'; letter < 'w'; letter++) {
      test.receive(MessageType.MEET, TestCore.id(letter), null, frame -> frame);

      assertThat(test.core.view().nodes()).hasSize(letter - 'c' + 3);
      assertThat(test.owner(50)).isEqualTo(ME);
      assertThat(test.owner(150)).isEqualTo(OTHER);
      assertThat(test.core.view().mine(50)).isTrue();
      assertThat(test.core.view().mine(150)).isFalse();
    }
  }
}
