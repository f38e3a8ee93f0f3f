package io.hashslot.migration;

import io.hashslot.bus.core.ClusterView;
import io.hashslot.bus.core.NodeView;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.journal.Effects;
import io.hashslot.session.Session;
import io.hashslot.slot.SlotSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The slots that come to this node, or to the primary that it follows. Their keys are hidden until
 * they are ours. Replicas learn of an import from the primary's stream: ESTABLISH stands in it
 * before the first key, FINISH after the last.
 */
final class SlotImports {
  /** What a replica knows of an import of its primary. */
  private record Followed(SlotSet slots, long sinceMs) {}

  private final Surroundings around;
  private final Consumer<MigrationReport> log;
  private final Map<String, SlotImportJob> jobs = new LinkedHashMap<>();
  private final Map<String, Followed> followed = new LinkedHashMap<>();

  SlotImports(Surroundings around, Consumer<MigrationReport> log) {
    this.around = around;
    this.log = log;
  }

  // On a primary

  /**
   * Agrees on an import, if nothing speaks against it. All shards are held.
   *
   * @return the error to reply, or null
   */
  synchronized @Nullable String refusal(String name, String source, SlotSet slots) {
    ClusterView view = around.cluster().view();
    if (view.self().isReplica() || around.state().replica()) {
      return "ERR Slot migration can only be used on primary nodes.";
    }
    NodeView from = view.node(source);
    if (from == null || from.myself()) {
      return "ERR Unknown node name: " + source;
    }
    if (jobs.containsKey(name)) {
      return "ERR Migration " + name + " is known already";
    }
    for (int slot = slots.next(0); slot >= 0; slot = slots.next(slot + 1)) {
      if (view.importingFrom(slot) != null || view.migratingTo(slot) != null) {
        return "ERR Slots are being manually imported";
      }
      NodeView owner = view.owner(slot);
      if (owner == null || !owner.id().equals(from.id())) {
        return "ERR Slots are not served by the source";
      }
    }
    for (SlotImportJob job : jobs.values()) {
      if (job.slots().intersects(slots)) {
        return "ERR Slots are being imported already";
      }
    }
    return null;
  }

  /** Begins an import that nothing speaks against. All shards are held. */
  synchronized SlotImportJob begin(Session session, String name, String source, SlotSet slots) {
    slots.forEach(slot -> around.keyspace().hide(slot, true));
    SlotImportJob job = new SlotImportJob(around, this, session, name, new NodeId(source), slots);
    jobs.put(name, job);
    return job;
  }

  /** An import is over, and nothing of it is left if it has failed: shows its slots. Any thread. */
  void finished(SlotImportJob job, boolean good) {
    around
        .slowLane()
        .execute(
            () -> {
              tellReplicas(job.name(), good);
              show(job.slots());
              synchronized (this) {
                jobs.remove(job.name());
              }
              log.accept(job.report());
            });
  }

  private void show(SlotSet slots) {
    var shards = around.keyspace().shards();
    slots.forEach(
        slot -> {
          long shard = 1L << around.keyspace().shardOfSlot(slot);
          shards.enterSlow(shard);
          around.keyspace().hide(slot, false);
          shards.leave(shard);
        });
  }

  private void tellReplicas(String name, boolean good) {
    try (Effects effects = new Effects()) {
      effects
          .command(-1, "CLUSTER", 6)
          .argument("SYNCSLOTS")
          .argument("FINISH")
          .argument("STATE")
          .argument(good ? "success" : "failed")
          .argument("NAME")
          .argument(name);
      around.journal().append(effects);
    }
    around.journal().signal();
  }

  /** Writes what replicas have to know of an import before its first key. */
  static void announce(Effects effects, String source, String name, SlotSet slots) {
    List<String> words = new ArrayList<>();
    slots.forEachRange(
        (first, last) -> {
          words.add(Integer.toString(first));
          words.add(Integer.toString(last));
        });
    effects
        .command(-1, "CLUSTER", 7 + words.size())
        .argument("SYNCSLOTS")
        .argument("ESTABLISH")
        .argument("SOURCE")
        .argument(source)
        .argument("NAME")
        .argument(name)
        .argument("SLOTSRANGE");
    words.forEach(effects::argument);
  }

  /**
   * A replica is about to get all data: its stream begins with what it has to know of imports. All
   * shards are held.
   */
  synchronized void announceAll() {
    try (Effects effects = new Effects()) {
      effects.unwrapped();
      for (SlotImportJob job : jobs.values()) {
        announce(effects, job.source().text(), job.name(), job.slots());
      }
      around.journal().append(effects);
    }
  }

  /** The picture of the cluster is new. */
  synchronized void seen(ClusterView view) {
    for (SlotImportJob job : jobs.values()) {
      job.seen(view);
    }
    if (view.self().isReplica() && !jobs.isEmpty()) {
      // Whoever leads now knows of them from our stream, and will tell how they end.
      jobs.values().forEach(job -> follow(job.name(), job.slots()));
      jobs.values().forEach(job -> log.accept(job.report()));
      jobs.clear();
    }
  }

  /** All data was deleted. */
  synchronized void flushed() {
    jobs.values().forEach(SlotImportJob::flushed);
  }

  // On a replica

  /** The primary imports slots. All shards are held. */
  synchronized void established(String name, SlotSet slots) {
    slots.forEach(slot -> around.keyspace().hide(slot, true));
    follow(name, slots);
  }

  private void follow(String name, SlotSet slots) {
    followed.put(name, new Followed(slots, around.clock().wallMs()));
  }

  /** An import of the primary is over. All shards are held. */
  synchronized void ended(String name) {
    Followed import_ = followed.remove(name);
    if (import_ != null) {
      import_.slots().forEach(slot -> around.keyspace().hide(slot, false));
    }
  }

  /** All data is about to be replaced, or has been loaded. All shards are held. */
  synchronized void forget() {
    followed.clear();
    around.keyspace().hideNothing();
    jobs.values().forEach(job -> job.slots().forEach(slot -> around.keyspace().hide(slot, true)));
  }

  /**
   * This replica leads now: what its primary has not imported to the end is deleted. On the slow
   * lane.
   */
  void promoted() {
    Map<String, Followed> left;
    synchronized (this) {
      left = new LinkedHashMap<>(followed);
      followed.clear();
    }
    ClusterView view = around.cluster().view();
    for (Iterator<Map.Entry<String, Followed>> each = left.entrySet().iterator();
        each.hasNext(); ) {
      Map.Entry<String, Followed> one = each.next();
      SlotSet slots = one.getValue().slots();
      if (view.mine(slots.next(0))) {
        settle(one.getKey(), slots, true);
      } else {
        around.deletion().delete(slots, true, () -> settle(one.getKey(), slots, false));
      }
    }
  }

  private void settle(String name, SlotSet slots, boolean good) {
    around
        .slowLane()
        .execute(
            () -> {
              tellReplicas(name, good);
              show(slots);
            });
  }

  /** What is under way. */
  synchronized List<MigrationReport> reports() {
    List<MigrationReport> reports = new ArrayList<>();
    jobs.values().forEach(job -> reports.add(job.report()));
    followed.forEach(
        (name, one) ->
            reports.add(
                new MigrationReport(
                    name,
                    "IMPORT",
                    one.slots().toString(),
                    null,
                    null,
                    one.sinceMs(),
                    one.sinceMs(),
                    0,
                    MigrationState.OCCURRING_ON_PRIMARY.text(),
                    "")));
    return reports;
  }
}
