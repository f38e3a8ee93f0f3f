package io.hashslot.cluster;

import io.hashslot.bus.core.Answer;
import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.bus.core.ClusterRequest.SetSlot;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Changes of slots that clients ask for. A primary lets its replicas have them first, as Valkey 8
 * does: if it dies in the middle of a move, whoever takes its place knows of it. Three steps, none
 * of which holds a thread: the core judges the change; the replicas that understand it confirm it;
 * the core carries it out. Without such replicas there is only the last one.
 */
final class SlotChanges {
  private static final Answer NOT_CONFIRMED =
      new Answer.Failure("NOREPLICAS Not enough good replicas to write.");

  private final BiConsumer<ClusterRequest, Consumer<Answer>> core;
  private final ReplicationSeat replication;

  /**
   * @param core puts a request to the core, which answers it later
   */
  SlotChanges(BiConsumer<ClusterRequest, Consumer<Answer>> core, ReplicationSeat replication) {
    this.core = core;
    this.replication = replication;
  }

  /** Whether there are replicas that have to confirm changes. */
  boolean needConfirmation() {
    return replication.confirming() > 0;
  }

  /**
   * Changes a slot.
   *
   * @param slotHasKeys whether this node holds keys in it
   * @param receiver told the outcome, on any thread
   */
  void make(SetslotArguments wanted, boolean slotHasKeys, Consumer<Answer> receiver) {
    SetSlot change = wanted.request(slotHasKeys, false);
    if (!needConfirmation()) {
      core.accept(change, receiver);
      return;
    }
    core.accept(
        new ClusterRequest.CheckSetSlot(change),
        verdict -> {
          if (verdict instanceof Answer.Ok) {
            confirm(wanted, change, receiver);
          } else {
            receiver.accept(verdict);
          }
        });
  }

  private void confirm(SetslotArguments wanted, SetSlot change, Consumer<Answer> receiver) {
    replication.confirm(
        wanted.words(),
        wanted.timeoutMs(),
        confirmed -> {
          if (confirmed) {
            core.accept(change, receiver);
          } else {
            receiver.accept(NOT_CONFIRMED);
          }
        });
  }
}
