package io.hashslot.migration;

import io.hashslot.bus.core.ClusterView;
import io.hashslot.bus.core.NodeView;
import io.hashslot.cluster.SlotMoves;
import io.hashslot.command.Context;
import io.hashslot.dispatch.SlotImport;
import io.hashslot.session.Peer;
import io.hashslot.session.Session;
import io.hashslot.session.Waiting;
import io.hashslot.slot.SlotSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The migrations of slots from and to this node: what clients, bus and other nodes ask of them. */
public final class SlotMigrations implements SlotMoves, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SlotMigrations.class);
  private static final int NAME_BYTES = 20;

  /**
   * Slots that shall go to a node.
   *
   * @param node the id of a primary
   */
  public record Order(SlotSet slots, String node) {}

  private final Surroundings around;
  private final RandomGenerator random;
  private final SlotImports imports;
  private final List<SlotExport> exports = new ArrayList<>();
  private final ArrayDeque<MigrationReport> finished = new ArrayDeque<>();

  /** Makes it for a server; {@code random} makes names. */
  public SlotMigrations(Surroundings around, RandomGenerator random) {
    this.around = around;
    this.random = random;
    imports = new SlotImports(around, this::log);
  }

  // What clients ask

  /**
   * Begins to move slots to other primaries; all orders or none.
   *
   * @return the error to reply, or null
   */
  public synchronized @Nullable String begin(List<Order> orders) {
    ClusterView view = around.cluster().view();
    String refusal = refusal(orders, view);
    if (refusal != null) {
      return "ERR " + refusal;
    }
    for (Order order : orders) {
      NodeView target = java.util.Objects.requireNonNull(view.node(order.node()));
      SlotExport export =
          new SlotExport(
              around,
              newName(),
              order.slots(),
              target,
              MigrationSettings.login(around.config()),
              MigrationSettings.limits(around.config()));
      exports.add(export);
      LOG.info("Moving slots {} to {}", order.slots(), order.node());
      Thread.ofPlatform().name("slot-export").daemon().start(() -> run(export));
    }
    return null;
  }

  private void run(SlotExport export) {
    try {
      export.run();
    } finally {
      synchronized (this) {
        exports.remove(export);
      }
      log(export.report());
    }
  }

  private @Nullable String refusal(List<Order> orders, ClusterView view) {
    if (view.self().isReplica()) {
      return "Slot migration can only be used on primary nodes.";
    }
    SlotSet all = new SlotSet();
    for (Order order : orders) {
      if (all.intersects(order.slots())) {
        return "Slot ranges in migrations overlap";
      }
      all.addAll(order.slots());
      String problem = targetRefusal(order.node(), view);
      if (problem == null) {
        problem = slotsRefusal(order.slots(), view);
      }
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private static @Nullable String targetRefusal(String node, ClusterView view) {
    NodeView target = view.node(node);
    if (target == null) {
      return "Unknown node name: " + node;
    }
    if (target.myself()) {
      return "Target node can not be this node.";
    }
    return target.isPrimary() ? null : "Target node is not a master";
  }

  private @Nullable String slotsRefusal(SlotSet slots, ClusterView view) {
    NodeView first = null;
    for (int slot = slots.next(0); slot >= 0; slot = slots.next(slot + 1)) {
      NodeView owner = view.owner(slot);
      if (owner == null) {
        return "Slot " + slot + " has no node served.";
      }
      if (first != null && !first.id().equals(owner.id())) {
        return "Requested slots span multiple shards";
      }
      first = owner;
      if (view.importingFrom(slot) != null) {
        return "Slots are being manually imported";
      }
      if (view.migratingTo(slot) != null) {
        return "Slots are being manually migrated";
      }
      if (!owner.myself()) {
        return "Slots are not served by this node.";
      }
      for (SlotExport export : exports) {
        if (export.slots().contains(slot)) {
          return "I am already migrating slot " + slot + '.';
        }
      }
    }
    return null;
  }

  private String newName() {
    byte[] bytes = new byte[NAME_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Cancels what goes from here to others; false if there is nothing. */
  public synchronized boolean cancel() {
    exports.forEach(SlotExport::cancel);
    return !exports.isEmpty();
  }

  /** What is under way and what has ended, the newest first. */
  public List<MigrationReport> reports() {
    List<MigrationReport> reports = new ArrayList<>();
    synchronized (this) {
      exports.forEach(export -> reports.add(export.report()));
      reports.addAll(finished);
    }
    for (MigrationReport report : imports.reports()) {
      reports.removeIf(old -> old.name().equals(report.name()));
      reports.add(report);
    }
    reports.sort((a, b) -> Long.compare(b.createdMs(), a.createdMs()));
    return reports;
  }

  private synchronized void log(MigrationReport report) {
    // A primary that is demoted in the middle hears as a replica how it ends.
    finished.removeIf(earlier -> earlier.name().equals(report.name()));
    finished.addFirst(report);
    while (finished.size() > MigrationSettings.logLength(around.config())) {
      finished.removeLast();
    }
  }

  // What other nodes ask; under the locks of all shards

  private static final class Pending implements Waiting {
    @Override
    public void onTimeout(Session session) {
      throw new IllegalStateException("the beginning of an import has no time limit");
    }

    @Override
    public boolean canBeUnblocked() {
      return false;
    }
  }

  /**
   * Another primary wants to send slots here. If nothing speaks against it, its session gets OK
   * once the slots are empty, and is the import's from then on.
   *
   * @return the error to reply, or null
   */
  public @Nullable String establish(Context ctx, String source, String name, SlotSet slots) {
    String refusal = imports.refusal(name, source, slots);
    if (refusal != null) {
      return refusal;
    }
    Session session = ctx.session();
    SlotImports.announce(ctx.effects(), source, name, slots);
    SlotImportJob job = imports.begin(session, name, source, slots);
    session.set(SlotImport.SLOT, job);
    Pending pending = new Pending();
    session.await(pending, 0);
    around
        .deletion()
        .delete(slots, true, () -> session.loop().execute(() -> agree(session, pending, job)));
    return null;
  }

  private static void agree(Session session, Pending pending, SlotImportJob job) {
    if (session.closed()) {
      return; // the job knows
    }
    session.wakeWithin(pending, () -> session.reply().ok());
    session.peer(Peer.SLOT_SOURCE);
    job.begin();
  }

  /**
   * The source of an import has said something.
   *
   * @return the error to reply, or null
   */
  public @Nullable String heard(Session session, String word) {
    Message said = Message.of(word);
    if (said == null || !(session.get(SlotImport.SLOT) instanceof SlotImportJob job)) {
      return "ERR CLUSTER SYNCSLOTS is for primaries that send slots here, and ESTABLISH comes"
          + " first";
    }
    job.heard(said);
    return null;
  }

  /** The primary that this node follows imports slots. */
  public void established(String name, SlotSet slots) {
    imports.established(name, slots);
  }

  /** An import of the primary that this node follows is over, for better or worse. */
  public void ended(String name, boolean good) {
    imports.ended(name, good);
  }

  // What else happens

  @Override
  public void seen(ClusterView view) {
    synchronized (this) {
      for (SlotExport export : exports) {
        export.seen(view);
      }
    }
    imports.seen(view);
  }

  /** A client is gone. On its loop. */
  public void closed(Session session) {
    if (session.get(SlotImport.SLOT) instanceof SlotImportJob job) {
      job.disconnected();
    }
  }

  /** All data was deleted. */
  public void flushed() {
    synchronized (this) {
      exports.forEach(SlotExport::flushed);
    }
    imports.flushed();
  }

  /** All data is about to be replaced, or was loaded. All shards are held. */
  public void dataReplaced() {
    imports.forget();
  }

  /** A replica is about to get all data, whose stream begins here. All shards are held. */
  public void streamBegins() {
    imports.announceAll();
  }

  @Override
  public void promoted() {
    imports.promoted();
  }

  @Override
  public synchronized void close() {
    exports.forEach(SlotExport::stop);
  }
}
