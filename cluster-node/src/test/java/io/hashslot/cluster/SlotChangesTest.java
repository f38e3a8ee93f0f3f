package io.hashslot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.core.Answer;
import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.bus.core.ClusterRequest.SetSlot;
import io.hashslot.bus.core.ClusterRequest.SlotChange;
import io.hashslot.bus.core.Succession;
import io.hashslot.command.CommandKit;
import io.hashslot.dispatch.HeldWriters;
import io.hashslot.keyspace.ExpiryMode;
import io.hashslot.keyspace.Keys;
import io.hashslot.keyspace.KeyspaceEvents;
import io.hashslot.keyspace.Shards;
import io.hashslot.slot.Slots;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** CLUSTER SETSLOT between a client, the replicas and the core. */
class SlotChangesTest {
  private static final int SLOT = 3;

  private static final String KEY =
      IntStream.iterate(0, i -> i + 1)
          .mapToObj(i -> "key" + i)
          .filter(key -> Slots.of(key.getBytes(StandardCharsets.US_ASCII)) == SLOT)
          .findFirst()
          .orElseThrow();

  private static final SetslotArguments GIVE_AWAY =
      new SetslotArguments(SLOT, SlotChange.NODE, SlotRoutingTest.B, 1_000);

  /** A question to the core that it has not answered yet. */
  private record Asked(ClusterRequest request, Consumer<Answer> receiver) {}

  private final CommandKit kit = new CommandKit(1, true);
  private final Keys keys = kit.keyspace().newKeys(KeyspaceEvents.NONE);
  private final List<Asked> asked = new ArrayList<>();
  private final List<Consumer<Boolean>> confirmations = new ArrayList<>();
  private final List<Answer> answers = new ArrayList<>();
  private int replicas;
  private SlotRouting routing;
  private SlotChanges changes;

  @BeforeEach
  void seenByTheOwner() throws Exception {
    routing = SlotRoutingTest.seenBy(SlotRoutingTest.A, "");
    changes =
        new SlotChanges(
            (request, receiver) -> asked.add(new Asked(request, receiver)),
            new Seat(),
            routing,
            kit.state().slotHold(),
            (slot, visitor) -> inShard(() -> visitor.accept(keys)));
  }

  @AfterEach
  void end() {
    kit.close();
  }

  /** Replicas that confirm when the test says so. */
  private final class Seat implements ReplicationSeat {
    @Override
    public int confirming() {
      return replicas;
    }

    @Override
    public void confirm(String[] words, long timeoutMs, Consumer<Boolean> told) {
      confirmations.add(told);
    }

    @Override
    public void follow(String ip, int port, boolean partialAllowed) {}

    @Override
    public void lead() {}

    @Override
    public long offset() {
      return 0;
    }

    @Override
    public boolean linkUp() {
      return false;
    }

    @Override
    public long silenceMs() {
      return 0;
    }

    @Override
    public void shard(String self, List<String> others, boolean mayBeReplaced) {}

    @Override
    public Succession succession(IntSupplier siblings) {
      return Succession.FREE;
    }

    @Override
    public void fence(long forMs) {}

    @Override
    public void acceptHistory() {}
  }

  private void inShard(Runnable visit) {
    Shards shards = kit.keyspace().shards();
    shards.enterSlow(shards.all());
    try {
      keys.begin(0, ExpiryMode.IGNORE);
      visit.run();
    } finally {
      shards.leave(shards.all());
    }
  }

  private void make(SetslotArguments wanted) {
    inShard(() -> changes.make(wanted, keys, answers::add));
  }

  private boolean writersWait() {
    return HeldWriters.of(kit.state().slotHold(), SLOT);
  }

  private boolean lastRequestHasKeys() {
    return ((SetSlot) asked.getLast().request()).slotHasKeys();
  }

  private void answer(Answer answer) {
    asked.getLast().receiver().accept(answer);
  }

  @Test
  void nobodyWritesBetweenTheLookAndTheDecision() {
    make(GIVE_AWAY);
    assertThat(lastRequestHasKeys()).isFalse();
    assertThat(writersWait()).isTrue();
    answer(Answer.OK);
    assertThat(writersWait()).isFalse();
    assertThat(answers).containsExactly(Answer.OK);
  }

  @Test
  void writersGoOnWhenTheSlotIsNotGivenAway() {
    kit.client().run("SET", KEY, "x");
    make(GIVE_AWAY);
    assertThat(lastRequestHasKeys()).isTrue();
    Answer refusal = new Answer.Failure("ERR it has keys");
    answer(refusal);
    assertThat(writersWait()).isFalse();
    assertThat(answers).containsExactly(refusal);
  }

  @Test
  void otherChangesHoldNobodyUp() {
    make(new SetslotArguments(SLOT, SlotChange.MIGRATING, SlotRoutingTest.B, 1_000));
    assertThat(writersWait()).isFalse();
    make(new SetslotArguments(SLOT, SlotChange.STABLE, null, 1_000));
    assertThat(writersWait()).isFalse();
    make(new SetslotArguments(SLOT, SlotChange.NODE, SlotRoutingTest.A, 1_000));
    assertThat(writersWait()).isFalse();
    make(new SetslotArguments(12, SlotChange.NODE, SlotRoutingTest.A, 1_000));
    assertThat(HeldWriters.of(kit.state().slotHold(), 12)).isFalse();
  }

  @Test
  void whatIsWrittenWhileReplicasConfirmIsSeen() {
    replicas = 1;
    make(GIVE_AWAY);
    assertThat(asked.getLast().request()).isInstanceOf(ClusterRequest.CheckSetSlot.class);
    answer(Answer.OK);
    assertThat(writersWait()).as("writers need not wait for replicas").isFalse();
    kit.client().run("SET", KEY, "x");
    confirmations.getLast().accept(true);
    assertThat(lastRequestHasKeys()).isTrue();
    assertThat(writersWait()).isTrue();
    answer(new Answer.Failure("ERR it has keys"));
    assertThat(writersWait()).isFalse();
    assertThat(answers).hasSize(1);
  }

  @Test
  void whoeverIsReplacedWhileReplicasConfirmSaysSo() throws Exception {
    replicas = 1;
    make(GIVE_AWAY);
    answer(Answer.OK);
    changes.seen(routing.view());
    assertThat(answers).isEmpty();
    changes.seen(SlotRoutingTest.seenBy(SlotRoutingTest.R, "").view());
    Answer noPrimary = new Answer.Failure("ERR Please use SETSLOT only with masters.");
    assertThat(answers).containsExactly(noPrimary);
    int questions = asked.size();
    confirmations.getLast().accept(true);
    assertThat(answers).containsExactly(noPrimary);
    assertThat(asked).hasSize(questions);
  }

  @Test
  void whatReplicasDoNotConfirmIsRefused() {
    replicas = 1;
    make(GIVE_AWAY);
    answer(Answer.OK);
    confirmations.getLast().accept(false);
    assertThat(answers)
        .containsExactly(new Answer.Failure("NOREPLICAS Not enough good replicas to write."));
    assertThat(writersWait()).isFalse();
  }
}
