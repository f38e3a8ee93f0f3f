package io.hashslot.cluster;

import io.hashslot.bus.core.Answer;
import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.bus.core.ClusterRequest.SetSlot;
import io.hashslot.bus.core.ClusterRequest.SlotChange;
import io.hashslot.bus.core.ClusterView;
import io.hashslot.dispatch.SlotHold;
import io.hashslot.keyspace.Keys;
import io.hashslot.slot.SlotSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Changes of slots that clients ask for. A primary lets its replicas have them first, as Valkey 8
 * does: if it dies in the middle of a move, whoever takes its place knows of it. Three steps, none
 * of which holds a thread: the core judges the change; the replicas that understand it confirm it;
 * the core carries it out. Without such replicas there is only the last one.
 *
 * <p>A slot is given away only if it is empty. To look and to give it away must be one step, or a
 * key that is written in between would belong to nobody's clients any more. So the slot's writers
 * wait from the moment it is looked at, under the lock of its shard, until the core has decided;
 * then they are served here or sent on. Where it was not given away they have waited for one event
 * of the bus.
 *
 * <p>A primary that hears meanwhile that it was replaced, or that follows the node to which it gave
 * its last slot, is asked for nothing more: those who wait for its replicas are told that it is no
 * primary, which tools take for a success when the slot is where it was to go.
 */
final class SlotChanges {
  private static final Answer NOT_CONFIRMED =
      new Answer.Failure("NOREPLICAS Not enough good replicas to write.");

  private static final Answer NO_PRIMARY =
      new Answer.Failure("ERR Please use SETSLOT only with masters.");

  private final BiConsumer<ClusterRequest, Consumer<Answer>> core;
  private final ReplicationSeat replication;
  private final SlotRouting routing;
  private final SlotHold writers;
  private final ShardVisits visits;
  private final Set<Confirmation> confirmations = ConcurrentHashMap.newKeySet();

  /** Has something done in the shard of a slot by somebody who may wait for it. */
  @FunctionalInterface
  interface ShardVisits {
    /** Soon, with the shard entered; nothing may be kept of the keys. */
    void visit(int slot, Consumer<Keys> visitor);
  }

  /**
   * @param core puts a request to the core, which answers it later
   * @param writers where writers of slots wait
   */
  SlotChanges(
      BiConsumer<ClusterRequest, Consumer<Answer>> core,
      ReplicationSeat replication,
      SlotRouting routing,
      SlotHold writers,
      ShardVisits visits) {
    this.core = core;
    this.replication = replication;
    this.routing = routing;
    this.writers = writers;
    this.visits = visits;
  }

  /** A change that replicas are asked to confirm. */
  private final class Confirmation {
    private final SetslotArguments wanted;
    private final Consumer<Answer> receiver;
    private final AtomicBoolean over = new AtomicBoolean();

    Confirmation(SetslotArguments wanted, Consumer<Answer> receiver) {
      this.wanted = wanted;
      this.receiver = receiver;
    }

    void confirmed(boolean byAll) {
      if (!end()) {
        return;
      }
      if (byAll) {
        visits.visit(wanted.slot(), keys -> carryOut(wanted, keys, receiver));
      } else {
        receiver.accept(NOT_CONFIRMED);
      }
    }

    void giveUp() {
      if (end()) {
        receiver.accept(NO_PRIMARY);
      }
    }

    private boolean end() {
      confirmations.remove(this);
      return over.compareAndSet(false, true);
    }
  }

  /** Whether there are replicas that have to confirm changes. */
  boolean needConfirmation() {
    return replication.confirming() > 0;
  }

  /**
   * Changes a slot.
   *
   * @param keys whose shard of the slot has been entered
   * @param receiver told the outcome, on any thread
   */
  void make(SetslotArguments wanted, Keys keys, Consumer<Answer> receiver) {
    if (!needConfirmation()) {
      carryOut(wanted, keys, receiver);
      return;
    }
    SetSlot change = wanted.request(HeldSlots.count(keys, wanted.slot()) > 0, false);
    core.accept(
        new ClusterRequest.CheckSetSlot(change),
        verdict -> {
          if (verdict instanceof Answer.Ok) {
            confirm(wanted, receiver);
          } else {
            receiver.accept(verdict);
          }
        });
  }

  private void confirm(SetslotArguments wanted, Consumer<Answer> receiver) {
    Confirmation confirmation = new Confirmation(wanted, receiver);
    confirmations.add(confirmation);
    replication.confirm(wanted.words(), wanted.timeoutMs(), confirmation::confirmed);
    seen(routing.view());
  }

  /** The picture of the cluster is new. */
  void seen(@Nullable ClusterView view) {
    if (view != null && !view.self().isPrimary()) {
      confirmations.forEach(Confirmation::giveUp);
    }
  }

  private void carryOut(SetslotArguments wanted, Keys keys, Consumer<Answer> receiver) {
    int slot = wanted.slot();
    if (!givesAway(wanted)) {
      core.accept(wanted.request(HeldSlots.count(keys, slot) > 0, false), receiver);
      return;
    }
    SlotSet held = SlotSet.range(slot, slot);
    writers.begin(held);
    core.accept(
        wanted.request(HeldSlots.count(keys, slot) > 0, false),
        answer -> {
          writers.end(held);
          receiver.accept(answer);
        });
  }

  private boolean givesAway(SetslotArguments wanted) {
    ClusterView view = routing.view();
    return wanted.change() == SlotChange.NODE
        && view != null
        && view.mine(wanted.slot())
        && !view.self().id().text().equals(wanted.node());
  }
}
