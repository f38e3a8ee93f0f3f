package io.hashslot.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandKit;
import io.hashslot.command.CommandKit.Client;
import io.hashslot.command.CommandSpec;
import io.hashslot.session.Session;
import io.hashslot.slot.SlotSet;
import io.hashslot.slot.Slots;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Who waits while slots are about to change hands, and who does not. */
@ParameterizedClass(name = "with {0} shards")
@ValueSource(ints = {1, 64})
class SlotHoldTest {
  /** A node of a cluster that owns all slots. */
  private record AllMine() implements SlotGate {
    @Override
    public @Nullable String refuse(
        Session session, CommandSpec command, int slot, boolean anyWrite) {
      return null;
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

  @Parameter int shards;

  private CommandKit kit;
  private Client client;
  private SlotHold hold;
  private final SlotSet held = slotOf("{held}");

  @BeforeEach
  void start() {
    kit = new CommandKit(shards, new AllMine());
    client = kit.client();
    client.run("SET", "{held}k", "v").replies("+OK");
    hold = kit.state().slotHold();
    hold.begin(held);
  }

  @AfterEach
  void end() {
    kit.close();
  }

  private static SlotSet slotOf(String key) {
    int slot = Slots.of(key.getBytes(StandardCharsets.UTF_8));
    return SlotSet.range(slot, slot);
  }

  @Test
  void writersToTheSlotsWaitAndWriteOnceTheyAreLetGo() {
    client.isHeldBack("SET", "{held}k", "new");
    client.run("GET", "{held}k").replies("$1", "v");
    hold.end(held);
    client.run("SET", "{held}k", "new").replies("+OK");
  }

  @Test
  void readersAndWritersToOtherSlotsGoOn() {
    client.run("GET", "{held}k").replies("$1", "v");
    client.run("SET", "{free}k", "v").replies("+OK").propagates("SET {free}k v");
    client.run("PUBLISH", "{held}channel", "m").replies(":0");
  }

  @Test
  void whatDeletesAllDataWaits() {
    client.isHeldBack("FLUSHALL");
    client.isHeldBack("FLUSHDB");
    client.run("DBSIZE").replies(":1");
  }

  @Test
  void aTransactionThatWritesWaitsAtItsEnd() {
    client.run("MULTI").replies("+OK");
    client.run("SET", "{held}k", "new").replies("+QUEUED");
    client.isHeldBack("EXEC");
    hold.end(held);
    client.run("EXEC").replies("*1", "+OK");
  }

  @Test
  void aTransactionThatOnlyReadsDoesNot() {
    client.run("MULTI").replies("+OK");
    client.run("GET", "{held}k").replies("+QUEUED");
    client.run("EXEC").replies("*1", "$1", "v");
  }

  @Test
  void whoWaitsForAKeyIsServedAfterwards() {
    hold.end(held);
    client.waits("BLPOP", "{held}list", "0");
    hold.begin(held);
    kit.client().isHeldBack("RPUSH", "{held}list", "a");
    assertThat(client.received()).isEmpty();
    hold.end(held);
    kit.client().run("RPUSH", "{held}list", "a").replies(":1");
    assertThat(client.received()).contains("{held}list");
  }

  @Test
  void whatIsHeldTwiceIsFreeWhenBothHaveLetGo() {
    SlotSet more = slotOf("{held}");
    more.addAll(slotOf("{more}"));
    hold.begin(more);
    hold.end(held);
    client.isHeldBack("SET", "{held}k", "new");
    client.isHeldBack("SET", "{more}k", "new");
    hold.end(held);
    client.isHeldBack("SET", "{held}k", "new");
    hold.end(more);
    client.run("SET", "{held}k", "new").replies("+OK");
    assertThat(hold.any()).isFalse();
  }

  @Test
  void thoseWhoWaitAreCalledOnceAndInTheirOrder() {
    List<String> called = new ArrayList<>();
    hold.whenReleased(() -> called.add("first"));
    hold.whenReleased(() -> called.add("second"));
    assertThat(called).isEmpty();
    hold.end(held);
    hold.end(held);
    assertThat(called).containsExactly("first", "second");
    hold.whenReleased(() -> called.add("at once"));
    assertThat(called).endsWith("at once").hasSize(3);
  }

  @Test
  void theUsualWayIsTakenAgainAfterwards() {
    assertThat(kit.state().special()).isTrue();
    hold.end(held);
    assertThat(kit.state().special()).isFalse();
  }
}
