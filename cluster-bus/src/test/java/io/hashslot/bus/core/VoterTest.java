package io.hashslot.bus.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.core.DurableState.NodeRecord;
import io.hashslot.bus.wire.BusFrame;
import io.hashslot.bus.wire.FrameEncoder;
import io.hashslot.bus.wire.MessageFlags;
import io.hashslot.bus.wire.MessageType;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.agrona.ExpandableArrayBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** I am a voting primary; the primary of the candidate has failed. When do I vote? */
class VoterTest {
  private static final NodeId ME = new NodeId("a".repeat(40));
  private static final NodeId FAILED = new NodeId("b".repeat(40));
  private static final NodeId CANDIDATE = new NodeId("c".repeat(40));
  private static final NodeId SIBLING = new NodeId("d".repeat(40));
  private static final NodeId THIRD = new NodeId("e".repeat(40));
  private static final long CURRENT_EPOCH = 10;
  private static final SlotSet ITS_SLOTS = SlotSet.range(100, 199);

  private final Effects out = new Effects();
  private long nowMs = 1_000_000;
  private ClusterCore core = core(SlotSet.range(0, 99), CURRENT_EPOCH - 1, NodeFlags.FAIL);

  private ClusterCore core(SlotSet mine, long lastVote, int flagsOfFailed) {
    var nodes =
        List.of(
            record(ME, NodeFlags.MYSELF | NodeFlags.PRIMARY, null, mine, 1),
            record(FAILED, NodeFlags.PRIMARY | flagsOfFailed, null, ITS_SLOTS, 2),
            record(CANDIDATE, NodeFlags.REPLICA, FAILED, new SlotSet(), 2),
            record(SIBLING, NodeFlags.REPLICA, FAILED, new SlotSet(), 2),
            record(THIRD, NodeFlags.PRIMARY, null, SlotSet.range(200, 299), 8));
    ClusterCore core =
        ClusterCore.create(
            ClusterConfig.defaults(7000),
            new SplittableRandom(1),
            new DurableState(CURRENT_EPOCH, lastVote, nodes),
            at());
    core.onStart(at(), out);
    out.clear();
    core.onTick(at(), out);
    for (Effect effect : List.copyOf(out.list())) {
      if (effect instanceof Effect.Connect connect) {
        core.onLinkUp(connect.link(), "127.0.0.1", at(), out);
      }
    }
    out.clear();
    return core;
  }

  private static NodeRecord record(
      NodeId id, int flags, @Nullable NodeId primary, SlotSet slots, long epoch) {
    return new NodeRecord(
        id,
        "127.0.0.1",
        1,
        0,
        2,
        "",
        "",
        "",
        "",
        null,
        flags,
        primary,
        0,
        0,
        epoch,
        false,
        slots,
        Map.of(),
        Map.of());
  }

  private Moment at() {
    return new Moment(nowMs, 1_795_000_000_000L + nowMs, HostFacts.NONE);
  }

  /** Whether I vote for who asks; the vote must stand behind the state that remembers it. */
  private boolean votes(NodeId who, long epoch, long claimEpoch, SlotSet claimed, int flags) {
    out.clear();
    var buffer = new ExpandableArrayBuffer();
    int length =
        new FrameEncoder()
            .begin(buffer, 0, MessageType.AUTH_REQUEST)
            .sender(who)
            .primary(FAILED)
            .slots(claimed)
            .nodeFlags(NodeFlags.REPLICA | NodeFlags.MYSELF)
            .currentEpoch(epoch)
            .configEpoch(claimEpoch)
            .messageFlags(flags)
            .finish();
    int link = core.accept("127.0.0.1", "127.0.0.1", at());
    core.onFrame(link, buffer, 0, length, at(), out);
    boolean durable = false;
    for (Effect effect : out.list()) {
      if (effect instanceof Effect.Persist persist) {
        durable = persist.sync() && persist.state().lastVoteEpoch() == epoch;
      } else if (effect instanceof Effect.Send send) {
        var frame = new BusFrame();
        assertThat(frame.wrap(send.frame(), 0, send.frame().capacity())).isNull();
        assertThat(frame.type()).isEqualTo(MessageType.AUTH_ACK);
        assertThat(durable).as("the vote is durable before it is sent").isTrue();
        return true;
      }
    }
    return false;
  }

  private boolean votes(NodeId who, long epoch) {
    return votes(who, epoch, 2, ITS_SLOTS, 0);
  }

  @Test
  void forAReplicaOfAFailedPrimary() {
    assertThat(votes(CANDIDATE, CURRENT_EPOCH + 1)).isTrue();
  }

  @Test
  void onlyOnceInAnEpoch() {
    assertThat(votes(CANDIDATE, CURRENT_EPOCH + 1)).isTrue();
    nowMs += 100_000;
    assertThat(votes(SIBLING, CURRENT_EPOCH + 1)).isFalse();
    assertThat(votes(SIBLING, CURRENT_EPOCH + 2)).isTrue();
  }

  @Test
  void notIfItVotedInThisEpochBeforeARestart() {
    core = core(SlotSet.range(0, 99), CURRENT_EPOCH, NodeFlags.FAIL);
    assertThat(votes(CANDIDATE, CURRENT_EPOCH)).isFalse();
  }

  @Test
  void notInAnEpochThatIsOver() {
    assertThat(votes(CANDIDATE, CURRENT_EPOCH - 1)).isFalse();
  }

  @Test
  void notWithoutSlots() {
    core = core(new SlotSet(), CURRENT_EPOCH - 1, NodeFlags.FAIL);
    assertThat(votes(CANDIDATE, CURRENT_EPOCH + 1)).isFalse();
  }

  @Test
  void notWhileThePrimaryLivesUnlessForced() {
    core = core(SlotSet.range(0, 99), CURRENT_EPOCH - 1, 0);
    assertThat(votes(CANDIDATE, CURRENT_EPOCH + 1)).isFalse();
    assertThat(votes(CANDIDATE, CURRENT_EPOCH + 2, 2, ITS_SLOTS, MessageFlags.FORCE_ACK)).isTrue();
  }

  @Test
  void notTwiceForReplicasOfTheSamePrimaryWithinTwoNodeTimeouts() {
    assertThat(votes(CANDIDATE, CURRENT_EPOCH + 1)).isTrue();
    nowMs += 29_999;
    assertThat(votes(CANDIDATE, CURRENT_EPOCH + 2)).isFalse();
    nowMs += 1;
    assertThat(votes(CANDIDATE, CURRENT_EPOCH + 3)).isTrue();
  }

  @Test
  void notForClaimsOnSlotsThatHaveANewerOwner() {
    SlotSet tooMuch = SlotSet.range(100, 200);
    assertThat(votes(CANDIDATE, CURRENT_EPOCH + 1, 2, tooMuch, 0)).isFalse();
    assertThat(votes(CANDIDATE, CURRENT_EPOCH + 2, 8, tooMuch, 0)).isTrue();
  }

  @Test
  void notForAPrimary() {
    assertThat(votes(THIRD, CURRENT_EPOCH + 1)).isFalse();
  }

  @Test
  void notForAStranger() {
    assertThat(votes(new NodeId("f".repeat(40)), CURRENT_EPOCH + 1)).isFalse();
  }
}
