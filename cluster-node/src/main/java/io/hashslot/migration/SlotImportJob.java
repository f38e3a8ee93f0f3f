package io.hashslot.migration;

import io.hashslot.bus.core.Answer;
import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.bus.core.ClusterView;
import io.hashslot.bus.core.NodeView;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.command.CommandFlag;
import io.hashslot.command.CommandSpec;
import io.hashslot.dispatch.SlotImport;
import io.hashslot.session.Session;
import io.hashslot.slot.SlotSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what an {@link ImportMachine} wants, on the loop of the session over which the slots come.
 * What the bus or another thread tells is handed to that loop, so the machine sees one thing at a
 * time.
 */
final class SlotImportJob implements SlotImport {
  private static final Logger LOG = LoggerFactory.getLogger(SlotImportJob.class);
  private static final long TICK_MS = 50;
  private static final long COPIES_GLANCE_MS = 1;

  /** How long replicas and file of this node may take to have the snapshot; nobody waits. */
  private static final long COPIES_OF_SNAPSHOT_MS = 10_000;

  /** How long they may take to have the rest; the source's writers wait meanwhile. */
  private static final long COPIES_MS = 1000;

  private final Surroundings around;
  private final SlotImports imports;
  private final Session session;
  private final String name;
  private final NodeId source;
  private final SlotSet slots;
  private final ImportMachine machine;
  private final long createdMs;
  private final long createdMonotonicMs;
  private long copiesUntilMs;
  private long copiesPosition;
  private long askedMs;
  private boolean received;
  private volatile MigrationReport report;

  SlotImportJob(
      Surroundings around,
      SlotImports imports,
      Session session,
      String name,
      NodeId source,
      SlotSet slots) {
    this.around = around;
    this.imports = imports;
    this.session = session;
    this.name = name;
    this.source = source;
    this.slots = slots;
    createdMs = around.clock().wallMs();
    createdMonotonicMs = around.nowMs();
    machine =
        new ImportMachine(
            MigrationSettings.silenceMs(around.config()), this::perform, createdMonotonicMs);
    report = describe();
  }

  String name() {
    return name;
  }

  NodeId source() {
    return source;
  }

  SlotSet slots() {
    return slots;
  }

  MigrationReport report() {
    return report;
  }

  private MigrationReport describe() {
    return new MigrationReport(
        name,
        "IMPORT",
        slots.toString(),
        source.text(),
        around.cluster().view().self().id().text(),
        createdMs,
        wall(machine.updatedMs()),
        wall(machine.heardMs()),
        machine.state().text(),
        machine.message());
  }

  private long wall(long monotonicMs) {
    return createdMs + monotonicMs - createdMonotonicMs;
  }

  // On the session's loop

  /** The agreement stands and was answered: the source may speak. */
  void begin() {
    var unused = session.loop().schedule(this::tick, TICK_MS);
  }

  /** The source has said something. */
  void heard(Message said) {
    machine.heard(said, around.nowMs());
    report = describe();
  }

  @Override
  public @Nullable String refuse(CommandSpec command, int slot) {
    received = true;
    if (slot < 0 || !slots.contains(slot)) {
      return "The source has sent a command on a slot that is not being imported";
    }
    if (around.state().outOfMemory() && command.has(CommandFlag.DENYOOM)) {
      return "Out of memory";
    }
    return machine.receives() ? null : "The import is over";
  }

  @Override
  public void failed(String problem) {
    machine.failed(problem, around.nowMs());
    report = describe();
  }

  /** The connection is gone. */
  void disconnected() {
    failed("Connection to the source lost");
  }

  private void tick() {
    long nowMs = around.nowMs();
    if (received) {
      received = false;
      machine.received(nowMs);
    }
    machine.tick(nowMs);
    report = describe();
    if (!machine.state().terminal()) {
      var unused = session.loop().schedule(this::tick, TICK_MS);
    }
  }

  // From any thread

  /** The picture of the cluster is new. */
  void seen(ClusterView view) {
    if (view.self().isReplica()) {
      later(() -> machine.demoted(around.nowMs()));
    } else if (!ownedBySource(view)) {
      later(() -> takenElsewhere(view));
    }
  }

  private boolean ownedBySource(ClusterView view) {
    for (int slot = slots.next(0); slot >= 0; slot = slots.next(slot + 1)) {
      NodeView owner = view.owner(slot);
      if (owner == null || !owner.id().equals(source)) {
        return false;
      }
    }
    return true;
  }

  private void takenElsewhere(ClusterView view) {
    machine.failed("The source no longer owns the slots", around.nowMs());
  }

  /** All data was deleted. */
  void flushed() {
    later(() -> machine.failed("Data was flushed", around.nowMs()));
  }

  private void later(Runnable event) {
    session
        .loop()
        .execute(
            () -> {
              event.run();
              report = describe();
            });
  }

  // Steps

  private void perform(ImportMachine.Step step) {
    switch (step) {
      case ACKNOWLEDGE -> say(Message.ACK);
      case ASK_PAUSE -> say(Message.REQUEST_PAUSE);
      case AWAIT_COPIES -> {
        copiesPosition = around.journal().end();
        boolean paused = machine.state() == MigrationState.FAILOVER_REQUESTED;
        copiesUntilMs = around.nowMs() + (paused ? COPIES_MS : COPIES_OF_SNAPSHOT_MS);
        around.copies().ask();
        lookAtCopies();
      }
      case ASK_FAILOVER -> {
        askedMs = around.nowMs();
        say(Message.REQUEST_FAILOVER);
      }
      case TAKE ->
          around
              .cluster()
              .request(
                  new ClusterRequest.TakeSlots(
                      slots, source, askedMs + MigrationSettings.GRANT_HOLDS_MS),
                  this::taken);
      case FINISH -> finish(true);
      case CLEAN_UP ->
          around.deletion().delete(slots, true, () -> later(() -> machine.cleaned(around.nowMs())));
      case GIVE_UP -> finish(false);
      case DISCONNECT -> session.loop().execute(() -> session.link().closeAfterReply());
    }
  }

  /** Another thread writes down how it ended, perhaps before the event under way is over. */
  private void finish(boolean good) {
    report = describe();
    imports.finished(this, good);
  }

  private void say(Message message) {
    // Not within the command under way: what that writes is taken back.
    session.loop().execute(() -> session.push(message.bytes()));
  }

  private void lookAtCopies() {
    if (around.copies().have(copiesPosition) || around.nowMs() >= copiesUntilMs) {
      machine.copiesReady(around.nowMs());
      report = describe();
    } else {
      var unused = session.loop().schedule(this::lookAtCopies, COPIES_GLANCE_MS);
    }
  }

  private void taken(Answer answer) {
    String refusal = answer instanceof Answer.Failure(String text) ? text : "";
    later(() -> machine.taken(refusal, around.nowMs()));
    LOG.info("Import of slots {}: {}", slots, refusal.isEmpty() ? "taken" : refusal);
  }
}
