package io.hashslot.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandKit;
import io.hashslot.command.CommandKit.Client;
import io.hashslot.command.CommandSpec;
import io.hashslot.session.Session;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that wait in a cluster, while slots come and go. */
class MovedWaitersTest {
  /** All slots have the same lot. */
  private static final class Lot implements SlotGate {
    private @Nullable String refusal;
    private boolean open;
    private boolean down;

    @Override
    public @Nullable String refuse(
        Session session, CommandSpec command, int slot, boolean anyWrite) {
      return refusal;
    }

    @Override
    public boolean down() {
      return down;
    }

    @Override
    public boolean open(int slot) {
      return open;
    }

    @Override
    public @Nullable String refuseOpen(
        Session session, CommandSpec command, int slot, Found found) {
      return null;
    }
  }

  private final Lot lot = new Lot();
  private final CommandKit kit = new CommandKit(4, lot);
  private final MovedWaiters moved = new MovedWaiters(kit.environment());
  private final Client waiting = kit.client().waits("BLPOP", "{k}1", "{k}2", "0");

  @AfterEach
  void end() {
    kit.close();
  }

  @Test
  void shouldSendClientsAwayWhoseSlotHasMoved() {
    moved.sweep();
    kit.passMs(0);
    assertThat(waiting.received()).isEmpty();
    lot.refusal = "MOVED 7629 127.0.0.1:7000";
    moved.sweep();
    kit.passMs(0);
    assertThat(waiting.received()).isEqualTo("-MOVED 7629 127.0.0.1:7000\r\n");
    assertThat(kit.environment().waiters().keyCount()).isZero();
  }

  @Test
  void shouldLetClientsWaitForASlotThatIsOnItsWay() {
    lot.refusal = "MOVED 7629 127.0.0.1:7000";
    lot.open = true;
    moved.sweep();
    kit.passMs(0);
    assertThat(waiting.received()).isEmpty();
  }

  @Test
  void shouldSendClientsAwayWhileTheClusterIsDown() {
    lot.refusal = "CLUSTERDOWN Hash slot not served";
    lot.down = true;
    moved.sweep();
    kit.passMs(0);
    assertThat(waiting.received()).isEqualTo("-CLUSTERDOWN The cluster is down\r\n");
  }

  @Test
  void shouldSendClientsAwayAlsoInPlaceOfServingThem() {
    Client applied = kit.client().asPrimary();
    lot.refusal = "CLUSTERDOWN The cluster is down";
    applied.run("RPUSH", "{k}2", "v").propagatesNothing();
    assertThat(waiting.received()).isEqualTo("-CLUSTERDOWN The cluster is down\r\n");
    lot.refusal = null;
    kit.client().run("LLEN", "{k}2").replies(":1");
  }
}
