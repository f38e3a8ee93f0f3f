package io.hashslot.dispatch;

import io.hashslot.blocking.WaitedKey;
import io.hashslot.blocking.Waiter;
import io.hashslot.blocking.Waiters;
import io.hashslot.command.CommandFlag;
import io.hashslot.session.Session;
import io.hashslot.slot.Slots;
import org.jspecify.annotations.Nullable;

/**
 * Sends clients away that wait for keys of slots which this node does not serve any more: nobody
 * would ever serve them here. Looked at from time to time, as by the C servers.
 */
public final class MovedWaiters {
  private static final String DOWN = "CLUSTERDOWN The cluster is down";

  private final Waiters waiters;
  private final @Nullable SlotGate gate;

  /** Makes it for a node. */
  public MovedWaiters(Environment environment) {
    waiters = environment.waiters();
    gate = environment.slotGate();
  }

  /** Looks at all who wait; any thread. */
  public void sweep() {
    SlotGate judge = gate;
    if (judge == null || waiters.keyCount() == 0) {
      return;
    }
    for (Waiter waiter : waiters.all()) {
      if (waiter instanceof BlockedCommand blocked && refusal(judge, blocked) != null) {
        blocked.session().loop().execute(() -> sendAway(judge, blocked));
      }
    }
  }

  private static void sendAway(SlotGate judge, BlockedCommand blocked) {
    String refusal = refusal(judge, blocked);
    Session session = blocked.session();
    if (refusal != null && session.waiting() == blocked) {
      session.unblock(refusal);
    }
  }

  /** All keys of a waiting command are of one slot; one that is on its way here is waited for. */
  private static @Nullable String refusal(SlotGate judge, BlockedCommand blocked) {
    if (judge.down()) {
      return DOWN;
    }
    WaitedKey key = blocked.keys().getFirst();
    int slot = Slots.of(key.bytes());
    if (judge.open(slot)) {
      return null;
    }
    boolean write = blocked.command().has(CommandFlag.WRITE);
    return judge.refuse(blocked.session(), blocked.command(), slot, write);
  }
}
