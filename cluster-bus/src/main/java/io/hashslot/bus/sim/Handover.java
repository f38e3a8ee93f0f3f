package io.hashslot.bus.sim;

import io.hashslot.bus.core.ClusterRequest.ReclaimSlots;
import io.hashslot.bus.core.ClusterRequest.TakeSlots;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;

/**
 * The end of an atomic slot migration, as the two servers play it: the owner, who lets nobody write
 * any more, grants the slots; the other one takes them within the time of the grant; and if the
 * owner hears nothing of that for longer than who has taken them would serve, it takes them back.
 */
final class Handover {
  private static final long GRANT_MS = 2_000;
  private static final long LOOK_AGAIN_US = 100_000;

  private final SimCluster cluster;
  private final SimNode owner;
  private final NodeId ownerId;
  private final Object ownersLife;
  private final SimNode taker;
  private final Object takersLife;
  private final SlotSet slots;

  Handover(SimCluster cluster, SimNode owner, SimNode taker, SlotSet slots) {
    this.cluster = cluster;
    this.owner = owner;
    this.taker = taker;
    this.slots = slots;
    ownerId = owner.id();
    ownersLife = owner.core();
    takersLife = taker.core();
  }

  /** The slots are granted now, and the grant is made use of after so long. */
  void begin(long afterMs) {
    taker.tell("is granted slots " + slots + " of " + owner);
    long notAfterMs = taker.moment().monotonicMs() + GRANT_MS;
    cluster.later(afterMs * 1000, () -> take(notAfterMs));
    cluster.later((owner.config().nodeTimeoutMs() + GRANT_MS) * 1000, this::reclaim);
  }

  private static boolean lives(SimNode node, Object life) {
    return node.running() && node.core() == life;
  }

  private void take(long notAfterMs) {
    if (!lives(taker, takersLife)) return;
    if (taker.ready()) taker.request(new TakeSlots(slots, ownerId, notAfterMs));
    else cluster.later(LOOK_AGAIN_US, () -> take(notAfterMs));
  }

  private void reclaim() {
    if (!lives(owner, ownersLife)) return;
    if (!owner.ready()) cluster.later(LOOK_AGAIN_US, this::reclaim);
    else if (owner.isPrimary() && owner.view().self().slots().containsAll(slots)) {
      owner.tell("takes slots back that it had granted");
      owner.request(new ReclaimSlots(slots));
    }
  }
}
