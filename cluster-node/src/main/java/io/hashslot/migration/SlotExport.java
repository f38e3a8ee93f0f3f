package io.hashslot.migration;

import static java.util.Objects.requireNonNull;

import io.hashslot.bus.core.Answer;
import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.bus.core.ClusterView;
import io.hashslot.bus.core.NodeView;
import io.hashslot.journal.JournalReader;
import io.hashslot.journal.JournalSlice;
import io.hashslot.persist.aof.CommandParts;
import io.hashslot.persist.snapshot.SnapshotCut;
import io.hashslot.persist.snapshot.SnapshotLane;
import io.hashslot.resp.NativeOutput;
import io.hashslot.resp.Reply;
import io.hashslot.resp.client.Command;
import io.hashslot.resp.client.ConnectOptions;
import io.hashslot.resp.client.Endpoint;
import io.hashslot.resp.client.RespConnection;
import io.hashslot.slot.SlotSet;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what an {@link ExportMachine} wants, on a thread of its own: it waits for whatever happens,
 * follows the journal, and writes to the target. A second thread reads what the target says; the
 * snapshot is sent by the snapshot lane, since there is one cut at a time.
 */
final class SlotExport implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(SlotExport.class);
  private static final long GLANCE_MS = 50;
  private static final int TAKE_BYTES = 128 * 1024;
  private static final int SEND_BYTES = 128 * 1024;
  private static final int SLICES_AT_ONCE = 32;

  /** Something that has happened. */
  private interface Event {
    void tell(ExportMachine machine, long nowMs);
  }

  private final Surroundings around;
  private final String name;
  private final SlotSet slots;
  private final NodeView target;
  private final @Nullable Command login;
  private final ExportMachine machine;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final NativeOutput out = new NativeOutput(2 * SEND_BYTES);
  private final long createdMs;
  private final long createdMonotonicMs;
  private volatile @Nullable RespConnection connection;
  private volatile @Nullable SnapshotCut cut;
  private volatile @Nullable JournalReader reader;
  private volatile boolean ended;
  private @Nullable TargetStream stream;
  private @Nullable JournalFilter filter;
  private boolean streaming;

  /**
   * A migration that has not begun.
   *
   * @param login the AUTH command that the target wants, or null
   */
  SlotExport(
      Surroundings around,
      String name,
      SlotSet slots,
      NodeView target,
      @Nullable Command login,
      ExportMachine.Limits limits) {
    this.around = around;
    this.name = name;
    this.slots = slots;
    this.target = target;
    this.login = login;
    createdMs = around.clock().wallMs();
    createdMonotonicMs = around.nowMs();
    machine = new ExportMachine(limits, login != null, this::perform, createdMonotonicMs);
  }

  SlotSet slots() {
    return slots;
  }

  boolean over() {
    return ended;
  }

  MigrationReport report() {
    return new MigrationReport(
        name,
        "EXPORT",
        slots.toString(),
        around.cluster().view().self().id().text(),
        target.id().text(),
        createdMs,
        wall(machine.updatedMs()),
        machine.heardMs() == 0 ? 0 : wall(machine.heardMs()),
        machine.state().text(),
        machine.message());
  }

  private long wall(long monotonicMs) {
    return createdMs + monotonicMs - createdMonotonicMs;
  }

  // Events from elsewhere

  /** The picture of the cluster is new. Any thread. */
  void seen(ClusterView view) {
    ExportMachine.Owner owner = ownerIn(view);
    if (owner == ExportMachine.Owner.TARGET) {
      // Whoever waits can be told at once where to go.
      around.state().slotHold().end(slots);
    }
    events.add((m, now) -> m.owned(owner, now));
    if (view.self().isReplica()) {
      events.add(ExportMachine::demoted);
    }
  }

  private ExportMachine.Owner ownerIn(ClusterView view) {
    boolean mine = true;
    boolean its = true;
    for (int slot = slots.next(0); slot >= 0; slot = slots.next(slot + 1)) {
      NodeView owner = view.owner(slot);
      mine &= owner != null && owner.myself();
      its &= owner != null && owner.id().equals(target.id());
    }
    if (mine) {
      return ExportMachine.Owner.SOURCE;
    }
    return its ? ExportMachine.Owner.TARGET : ExportMachine.Owner.SOMEBODY_ELSE;
  }

  /** The user does not want it any more. Any thread. */
  void cancel() {
    events.add(ExportMachine::cancel);
  }

  /** All data was deleted. Any thread. */
  void flushed() {
    events.add((m, now) -> m.failed("Data was flushed", now));
  }

  /** The server ends. Any thread. */
  void stop() {
    events.add((m, now) -> m.failed("The server is stopping", now));
  }

  // The thread

  @Override
  public void run() {
    try {
      connect();
      while (!machine.state().terminal()) {
        follow();
        Event event = events.poll(GLANCE_MS, TimeUnit.MILLISECONDS);
        while (event != null) {
          event.tell(machine, around.nowMs());
          event = events.poll();
        }
        machine.tick(around.nowMs());
      }
    } catch (InterruptedException e) {
      machine.demoted(around.nowMs());
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("Slot migration {} failed by a fault of ours", name, e);
      machine.demoted(around.nowMs());
    } finally {
      end();
    }
  }

  private void connect() {
    int timeoutMs = (int) Math.min(Integer.MAX_VALUE, MigrationSettings.silenceMs(around.config()));
    try {
      ConnectOptions options = around.connecting().get().withTimeoutsMs(timeoutMs, timeoutMs);
      int port = options.tls() == null ? target.port() : target.tlsPort();
      RespConnection to = RespConnection.open(new Endpoint(target.ip(), port), options);
      connection = to;
      stream = new TargetStream(to);
      machine.connected(around.nowMs());
    } catch (IOException e) {
      lost("Could not connect to the target: " + RespConnection.reasonOf(e));
    }
  }

  private void lost(String reason) {
    machine.failed(reason, around.nowMs());
  }

  /** Sends what was written to the slots since the last time. */
  private void follow() {
    JournalReader from = reader;
    if (!streaming || from == null) {
      return;
    }
    try {
      if (from.dropped()) {
        lost("The output buffer for the target has grown too large");
        return;
      }
      boolean all = pump(from, SLICES_AT_ONCE);
      machine.lag(all ? 0 : from.lagBytes(), around.nowMs());
    } catch (IOException e) {
      lost("Connection to the target lost: " + RespConnection.reasonOf(e));
    }
  }

  /** Returns whether nothing was left. */
  private boolean pump(JournalReader from, int slices) throws IOException {
    JournalFilter picks = requireNonNull(filter);
    TargetStream to = requireNonNull(stream);
    boolean all = false;
    for (int i = 0; i < slices && !all; i++) {
      try (JournalSlice slice = from.take(TAKE_BYTES)) {
        all = slice == null;
        if (slice != null) {
          picks.take(slice.address(), slice.length(), out);
        }
      }
      if (out.position() >= SEND_BYTES) {
        to.send(out);
      }
    }
    to.send(out);
    return all;
  }

  // Steps

  private void perform(ExportMachine.Step step) {
    try {
      switch (step) {
        case LOGIN -> {
          if (call(requireNonNull(login), "Authentication at the target failed: ")) {
            machine.loggedIn(around.nowMs());
          }
        }
        case ESTABLISH -> {
          if (call(establish(), "The target refused the migration: ")) {
            machine.established(around.nowMs());
            Thread.ofPlatform().name("slot-export-reader").daemon().start(this::read);
          }
        }
        case ACKNOWLEDGE -> say(Message.ACK);
        case SNAPSHOT -> around.lane().execute(SnapshotLane.Work.MOVE, this::snapshot);
        case STREAM -> {
          say(Message.SNAPSHOT_EOF);
          filter = new JournalFilter(slots, around.table().get(), requireStream());
          streaming = true;
        }
        case PAUSE -> pause();
        case GRANT -> say(Message.FAILOVER_GRANTED);
        case RECLAIM ->
            around.cluster().request(new ClusterRequest.ReclaimSlots(slots), this::reclaimed);
        case END -> {}
      }
    } catch (IOException e) {
      lost("Connection to the target lost: " + RespConnection.reasonOf(e));
    }
  }

  private TargetStream requireStream() {
    return requireNonNull(stream);
  }

  private void say(Message message) throws IOException {
    requireStream().send(message);
  }

  private boolean call(Command command, String problem) throws IOException {
    Reply reply = requireNonNull(connection).call(command);
    if (reply.isFailure()) {
      lost(problem + reply.asText());
    }
    return !reply.isFailure();
  }

  private Command establish() {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("CLUSTER", "SYNCSLOTS", "ESTABLISH", "SOURCE"));
    words.add(around.cluster().view().self().id().text());
    words.addAll(List.of("NAME", name, "SLOTSRANGE"));
    slots.forEachRange(
        (first, last) -> {
          words.add(Integer.toString(first));
          words.add(Integer.toString(last));
        });
    return Command.of(words.toArray(String[]::new));
  }

  private void read() {
    RespConnection from = requireNonNull(connection);
    try {
      from.setReadTimeoutMs((int) GLANCE_MS * 20);
      while (!ended) {
        try {
          Reply reply = from.receiveAny();
          Message said = reply instanceof Reply.Array array ? Message.of(words(array)) : null;
          String text = reply.isFailure() ? reply.asText() : "something unknown";
          events.add(
              said == null
                  ? (m, now) -> m.failed("The target said: " + text, now)
                  : (m, now) -> m.heard(said, now));
        } catch (SocketTimeoutException _) {
          closeIfSilent(from);
        }
      }
    } catch (IOException e) {
      String reason = "Connection to the target lost: " + RespConnection.reasonOf(e);
      events.add((m, now) -> m.failed(reason, now));
    }
  }

  /** The other threads may be stuck in a write to a target that does not read. */
  private void closeIfSilent(RespConnection from) {
    long silentMs = around.nowMs() - machine.heardMs();
    if (silentMs > MigrationSettings.silenceMs(around.config())) {
      from.close();
    }
  }

  private static List<String> words(Reply.Array array) {
    List<String> words = new ArrayList<>();
    for (Reply item : array.items()) {
      words.add(item instanceof Reply.Text text ? text.text() : "");
    }
    return words;
  }

  /** On the snapshot lane. */
  private void snapshot() {
    if (ended) {
      return;
    }
    int version = around.rdbVersion().getAsInt();
    var opened =
        SnapshotCut.ofSlots(
            around.keyspace(), slots, version, CommandParts::new, around.clock(), this::openReader);
    try (SnapshotCut taken = opened.cut();
        CutStream keys = new CutStream(requireStream(), version)) {
      taken.delayEntries(() -> MigrationSettings.entryDelayUs(around.config()));
      around.lane().taking(taken);
      cut = taken;
      if (ended) {
        return;
      }
      events.add(ExportMachine::snapshotBegun);
      taken.writeTo(keys);
      keys.flush();
      events.add(ExportMachine::snapshotSent);
    } catch (IOException e) {
      String reason = "Sending the snapshot failed: " + RespConnection.reasonOf(e);
      events.add((m, now) -> m.failed(reason, now));
    } catch (RuntimeException e) {
      LOG.error("Snapshot of slots for migration {} failed by a fault of ours", name, e);
      events.add((m, now) -> m.failed("Sending the snapshot failed", now));
    }
  }

  /** All shards are held: what is written from now on is not in the cut. */
  private JournalReader openReader() {
    around.journal().forgetSelectedDb();
    JournalReader opened =
        around.journal().openReaderAtEnd(around.lagLimitBytes().getAsLong(), this::wake);
    reader = opened;
    return opened;
  }

  /** The journal has more. */
  private void wake() {
    events.add((_, _) -> {});
  }

  /** Once every shard was entered and left, nobody is in the middle of a write any more. */
  private void pause() throws IOException {
    around.state().slotHold().begin(slots);
    var shards = around.keyspace().shards();
    shards.enterSlow(shards.all());
    long end = around.journal().end();
    shards.leave(shards.all());
    JournalReader from = requireNonNull(reader);
    while (from.position() < end) {
      if (from.dropped()) {
        lost("The output buffer for the target has grown too large");
        return;
      }
      pump(from, SLICES_AT_ONCE);
    }
    say(Message.PAUSED);
  }

  private void reclaimed(Answer answer) {
    boolean done = answer.equals(Answer.OK);
    events.add((m, now) -> m.reclaimed(done, now));
  }

  private void end() {
    ended = true;
    SnapshotCut taken = cut;
    if (taken != null) {
      taken.cancel();
    }
    RespConnection to = connection;
    if (to != null) {
      to.close();
    }
    around.state().slotHold().end(slots);
    try {
      // The lane may be about to open the reader: only behind it nobody does.
      around.lane().execute(SnapshotLane.Work.MOVE, this::release);
    } catch (RejectedExecutionException _) {
      release();
    }
    LOG.info(
        "Slot migration {} of {} to {}: {} {}",
        name,
        slots,
        target.id().text(),
        machine.state().text(),
        machine.message());
  }

  private void release() {
    JournalReader from = reader;
    if (from != null) {
      from.close();
    }
    JournalFilter picks = filter;
    if (picks != null) {
      picks.close();
    }
    out.release();
  }
}
