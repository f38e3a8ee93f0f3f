package io.hashslot.bus.core;

import static io.hashslot.bus.core.TestCore.id;
import static io.hashslot.bus.core.TestCore.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.wire.MessageType;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import org.junit.jupiter.api.Test;

/** I am a replica of a primary that has failed. When do I ask for votes? */
class ReplicaElectionTest {
  private static final NodeId ME = id('a');
  private static final NodeId FAILED = id('b');
  private static final NodeId VOTER = id('c');
  private static final SlotSet ITS_SLOTS = SlotSet.range(0, 99);

  private static TestCore replicaOfFailed(SlotSet itsSlots) {
    return new TestCore(
        3,
        0,
        node(ME, NodeFlags.MYSELF | NodeFlags.REPLICA, FAILED, new SlotSet(), 1),
        node(FAILED, NodeFlags.PRIMARY | NodeFlags.FAIL, null, itsSlots, 1),
        node(VOTER, NodeFlags.PRIMARY, null, SlotSet.range(100, 199), 2));
  }

  private static boolean asksForVotes(TestCore test) {
    ClusterConfig config = ClusterConfig.defaults(7000).withReplicaValidityFactor(0);
    test.core.onConfig(config, test.at(), test.out);
    for (int tick = 0; tick < 100; tick++) {
      test.tick(ClusterCore.TICK_MS);
      if (test.countSent(MessageType.AUTH_REQUEST) > 0) return true;
    }
    return false;
  }

  @Test
  void onceTheFailureIsAgreedOn() {
    assertThat(asksForVotes(replicaOfFailed(ITS_SLOTS))).isTrue();
  }

  @Test
  void notBeforeItHasHeardWhatItsPrimaryOwns() {
    assertThat(asksForVotes(replicaOfFailed(new SlotSet()))).isFalse();
  }
}
