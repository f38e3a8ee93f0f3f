package io.hashslot.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandKit;
import io.hashslot.command.CommandSpec;
import io.hashslot.session.Session;
import org.junit.jupiter.api.Test;

/** Commands that run on the worker obey the same rules as those that run on a loop. */
class SlowLaneTest {
  /** Every slot is on its way to another node. */
  private static final class MovingSlots implements SlotGate {
    @Override
    public String refuse(Session session, CommandSpec command, int slot, boolean anyWrite) {
      return null;
    }

    @Override
    public boolean open(int slot) {
      return true;
    }

    @Override
    public String refuseOpen(Session session, CommandSpec command, int slot, Found found) {
      return found.absent() == 0
          ? null
          : "TRYAGAIN " + found.present() + " here, " + found.absent() + " not";
    }
  }

  @Test
  void shouldJudgeUnderTheLocksWhetherTheKeysAreHere() {
    try (CommandKit kit = new CommandKit(4, new MovingSlots())) {
      CommandKit.Client client = kit.client();
      client.run("LCS", "{k}1", "{k}2").replies("-TRYAGAIN 0 here, 2 not");
    }
  }

  @Test
  void shouldSkipTheReplyThatIsNotWanted() {
    try (CommandKit kit = new CommandKit(4, false)) {
      CommandKit.Client client = kit.client();
      client.run("CLIENT", "REPLY", "SKIP");
      assertThat(client.run("KEYS", "*").reply()).isEmpty();
      client.run("PING").replies("+PONG");
    }
  }
}
