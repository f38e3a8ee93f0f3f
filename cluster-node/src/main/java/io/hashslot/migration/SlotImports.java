package io.hashslot.migration;

import io.hashslot.bus.core.ClusterView;
import io.hashslot.bus.core.NodeView;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.journal.Effects;
import io.hashslot.session.Session;
import io.hashslot.slot.SlotSet;
import java.util.ArrayList;
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
  private record Followed(String name, SlotSet slots, long sinceMs) {
    MigrationReport report() {
      String state = MigrationState.OCCURRING_ON_PRIMARY.text();
      return new MigrationReport(
          name, "IMPORT", slots.toString(), null, null, sinceMs, sinceMs, 0, state, "");
    }
  }

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
    boolean busy =
        jobs.values().stream().anyMatch(job -> job.slots().intersects(slots))
            || followed.values().stream().anyMatch(one -> one.slots().intersects(slots));
    return busy ? "ERR Slots are being imported already" : null;
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
      jobs.values().forEach(job -> log(job.report(), false, "This node is no longer a primary"));
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
    followed.put(name, new Followed(name, slots, around.clock().wallMs()));
  }

  private void log(MigrationReport report, boolean good, String why) {
    MigrationState how = good ? MigrationState.SUCCESS : MigrationState.FAILED;
    log.accept(report.ended(how, good ? "" : why, around.clock().wallMs()));
  }

  /** An import of the primary is over. All shards are held. */
  synchronized void ended(String name, boolean good) {
    Followed over = followed.remove(name);
    if (over != null) {
      over.slots().forEach(slot -> around.keyspace().hide(slot, false));
      log(over.report(), good, "The import failed on the primary");
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
    List<Followed> left;
    synchronized (this) {
      left = List.copyOf(followed.values());
    }
    ClusterView view = around.cluster().view();
    for (Followed one : left) {
      SlotSet slots = one.slots();
      if (view.mine(slots.next(0))) {
        settle(one, true);
      } else {
        around.deletion().delete(slots, true, () -> settle(one, false));
      }
    }
  }

  private void settle(Followed one, boolean good) {
    around
        .slowLane()
        .execute(
            () -> {
              if (around.state().replica()) {
                return; // Demoted again: whoever leads now settles it.
              }
              tellReplicas(one.name(), good);
              show(one.slots());
              synchronized (this) {
                followed.remove(one.name(), one);
              }
              log(one.report(), good, "A failover occurred during the import");
            });
  }

  /** What is under way. */
  synchronized List<MigrationReport> reports() {
    List<MigrationReport> reports = new ArrayList<>();
    jobs.values().forEach(job -> reports.add(job.report()));
    followed.values().forEach(one -> reports.add(one.report()));
    return reports;
  }
}
