package io.hashslot.dispatch;

import io.hashslot.blocking.WaitedKey;
import io.hashslot.blocking.Waiters;
import io.hashslot.command.CommandFlag;
import io.hashslot.command.CommandSpec;
import io.hashslot.command.Context;
import io.hashslot.keyspace.Keys;
import io.hashslot.keyspace.LookAhead;
import io.hashslot.keyspace.Shards;
import io.hashslot.resp.Output;
import io.hashslot.resp.Preview;
import io.hashslot.resp.Request;
import io.hashslot.session.Engine;
import io.hashslot.session.Loop;
import io.hashslot.session.Session;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of every request, on the loop that read it: row, gates, shard locks, body, after-effects.
 * One dispatcher per loop; it never waits. If a shard is busy the session is parked, and the loop
 * goes on with others.
 *
 * <p>What one client sees is causal: messages for this loop's sessions that were posted before the
 * locks were entered are delivered before the body runs, so no reply overtakes a push whose cause
 * it has seen.
 */
public final class Dispatcher implements Engine {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  /** Wall time is read anew when this much monotonic time has passed; commands see milliseconds. */
  private static final long WALL_TIME_GOOD_FOR_NS = 200_000;

  /** Less input than this is one or two requests, hardly anything to prepare for. */
  private static final int WORTH_PREPARING_BYTES = 128;

  private final Environment environment;
  private final Loop loop;
  private final Shards shards;
  private final NodeState state;
  private final @Nullable SlotGate slotGate;
  private final Gates gates;
  private final Caller caller;
  private final Keys keys;
  private final Planner planner;
  private final SlowLane slowLane;
  private final MemoryGate memory;
  private final CommandSpec exec;
  private final Preview preview = new Preview();
  private final LookAhead lookAhead;
  private final Request watched = new Request();
  private final List<Consumer<Session>> onClose = new CopyOnWriteArrayList<>();

  /** Monotonic time of the last event in the batch under way; 0 between batches. */
  private long batchNs;

  /** The shards that were entered last. */
  private long entered;

  /** Monotonic time of the start of the batch under way, or of its last command without a body. */
  private long batchStartNs;

  private long wallMs;
  private long wallReadNs;

  /** Makes the dispatcher of a loop. */
  public Dispatcher(Environment environment, Loop loop, SlowLane slowLane) {
    this.environment = environment;
    this.loop = loop;
    this.slowLane = slowLane;
    shards = environment.keyspace().shards();
    state = environment.state();
    slotGate = environment.slotGate();
    gates = new Gates(state);
    memory = new MemoryGate(environment, loop);
    caller = new Caller(environment, new NoClient(loop).session(), new Home());
    keys = caller.keys();
    lookAhead = environment.keyspace().newLookAhead();
    planner = new Planner(keys, slotGate != null);
    CommandSpec row = environment.table().find("exec");
    if (row == null) {
      throw new IllegalArgumentException("a table without EXEC");
    }
    exec = row;
    wallReadNs = environment.clock().monotonicNs() - 2 * WALL_TIME_GOOD_FOR_NS;
  }

  /** Adds something to do when a client is gone, such as to end its subscriptions. */
  public void onClose(Consumer<Session> action) {
    onClose.add(action);
  }

  @Override
  public void opened(Session session) {
    environment.sessions().add(session);
    if (state.password() == null) {
      session.authenticate("default");
    } else {
      session.forgetAuthentication();
    }
  }

  @Override
  public void protocolError(Session session, String problem) {
    environment.statistics().protocolError();
    LOG.debug("Protocol error from client id={}: {}", session.id(), problem);
    session.reply().error("ERR Protocol error: " + problem);
    session.closeAfterReply();
  }

  @Override
  public void closed(Session session) {
    Transaction transaction = session.get(Transaction.SLOT);
    if (transaction != null) {
      environment.watches().unwatch(transaction);
      transaction.clear();
    }
    for (Consumer<Session> action : onClose) {
      action.accept(session);
    }
    environment.sessions().remove(session);
  }

  @Override
  public void batchEnd() {
    if (batchNs != 0) {
      caller.statistics().turned(batchNs - batchStartNs);
      batchNs = 0;
    }
    environment.journal().signal(loop);
  }

  @Override
  public int prepare(Session session, long base, int from, int limit) {
    if (limit - from < WORTH_PREPARING_BYTES || !lookAhead.worthwhile()) {
      return limit;
    }
    int seen = preview.skim(base, from, limit);
    int count = preview.count();
    if (count < 2) {
      return Math.max(seen, from + 1);
    }
    for (int i = 0; i < count; i++) {
      lookAhead.add(preview.address(i, 0), preview.length(i, 0));
      lookAhead.guessMember(preview.address(i, 1), preview.length(i, 1));
      lookAhead.guessMember(preview.address(i, 2), preview.length(i, 2));
    }
    lookAhead.fetch(session.database());
    return seen;
  }

  @Override
  public boolean execute(Session session, Request request) {
    CommandSpec command = environment.table().find(request);
    if (command == null || command.body() == null) {
      if (Gates.fromBrowser(request)) {
        LOG.warn(
            "Possible attack: a browser was made to send commands. Closing client id={} addr={}",
            session.id(),
            session.link().peer());
        session.link().closeNow();
        return true;
      }
      reject(session, null, Gates.unknown(command, request));
      return true;
    }
    if (!command.arityAllows(request.count())) {
      reject(session, command, Gates.wrongArity(command));
      return true;
    }
    String forbidden = command.refusal(session);
    if (forbidden != null) {
      reject(session, command, forbidden);
      return true;
    }
    long startNs = now();
    session.active(command.name(), wallMs);
    keys.begin(session.database(), caller.expiryMode(session));
    if (session.applied()) {
      return apply(session, command, request, startNs);
    }
    if (!session.authenticated() && !command.has(CommandFlag.NO_AUTH)) {
      reject(session, command, "NOAUTH Authentication required.");
      return true;
    }
    Transaction open = openTransaction(session);
    long flags = command.flagBits();
    if (open != null && command == exec) {
      flags |= open.flagBits();
      planExec(open);
    } else {
      planner.plan(command, request);
    }
    if (memory.limited()) {
      memory.makeRoom(wallMs, startNs);
    }
    String refusal = judge(session, command, flags, open != null);
    if (refusal != null) {
      refuse(session, command, refusal, open);
      return true;
    }
    if (state.special() && !session.replicaLink() && gates.paused(flags, wallMs)) {
      holdBack(session);
      return false;
    }
    if (open != null && !command.has(CommandFlag.IN_TRANSACTION)) {
      queue(session, open, command, request);
      return true;
    }
    if (state.special() && state.slotHold().holdsBack(session, flags, planner)) {
      return false;
    }
    if (command.has(CommandFlag.SLOW_LANE)) {
      slowLane.submit(session, command, request);
      endOfCommand(session, command);
      return true;
    }
    return enterAndRun(session, command, request, flags, startNs);
  }

  /** The primary's commands pass no gates and take no other lane; transactions wait for EXEC. */
  private boolean apply(Session session, CommandSpec command, Request request, long startNs) {
    Transaction open = openTransaction(session);
    if (command.has(CommandFlag.WRITE) && state.writeError() != null) {
      state.streamErrors().notPersisted(command.name(), startNs);
    }
    if (open != null && !command.has(CommandFlag.IN_TRANSACTION)) {
      open.queue(command, request);
      return true;
    }
    if (open != null && command == exec) {
      planExec(open);
    } else {
      planner.plan(command, request);
    }
    return enterAndRun(session, command, request, 0, startNs);
  }

  /** What is queued counts as input that was not executed; {@code client-query-buffer-limit}. */
  private void queue(Session session, Transaction open, CommandSpec command, Request request) {
    open.queue(command, request);
    Output out = session.reply().output();
    int start = out.position();
    session.reply().simple("QUEUED");
    session.mute(start);
    endOfCommand(session, command);
    if (open.queuedBytes() + session.link().pendingInputBytes() > state.queryBufferLimit()) {
      LOG.warn("Closing client id={} that reached max query buffer length", session.id());
      session.link().closeNow();
    }
  }

  private void planExec(Transaction open) {
    watched.copyFrom(open.watched().stream().map(bet -> bet.key().bytes()).toList());
    planner.plan(open, watched);
  }

  /** Returns monotonic time; within a batch the end of one command is the start of the next. */
  private long now() {
    long startNs = batchNs;
    if (startNs == 0) {
      startNs = environment.clock().monotonicNs();
      batchStartNs = startNs;
    }
    if (startNs - wallReadNs > WALL_TIME_GOOD_FOR_NS) {
      wallMs = environment.clock().wallMs();
      wallReadNs = startNs;
    }
    return startNs;
  }

  private static @Nullable Transaction openTransaction(Session session) {
    Transaction transaction = session.get(Transaction.SLOT);
    return transaction != null && transaction.open() ? transaction : null;
  }

  private @Nullable String judge(
      Session session, CommandSpec command, long flags, boolean inTransaction) {
    if (inTransaction && command.has(CommandFlag.NO_MULTI)) {
      return "ERR Command not allowed inside a transaction";
    }
    String redirect =
        slotGate == null ? null : planner.refuse(slotGate, session, command, flags, now());
    if (redirect != null) {
      return redirect;
    }
    if (!state.special() && !session.subscriber()) {
      return null;
    }
    String refusal =
        slotGate == null && session.followsRedirects() ? gates.judgeRole(session, flags) : null;
    if (refusal == null) {
      refusal = gates.judgeNode(command, flags);
    }
    if (refusal == null) {
      refusal = gates.judgeSubscriber(session, command);
    }
    if (refusal == null) {
      refusal = gates.judgeData(command);
    }
    return refusal == null
        ? gates.judgeAge(session, flags, slotGate, planner.slot(), now())
        : refusal;
  }

  private void refuse(
      Session session, CommandSpec command, String refusal, @Nullable Transaction open) {
    String text = refusal;
    if (open != null && command == exec) {
      environment.watches().unwatch(open);
      open.clear();
      if (!Gates.isRedirect(refusal)) {
        text = "EXECABORT Transaction discarded because of: " + refusal;
      }
    }
    reject(session, command, text);
    endOfCommand(session, command);
  }

  private boolean enterAndRun(
      Session session, CommandSpec command, Request request, long flags, long startNs) {
    long plan = planner.mask();
    if (plan != 0) {
      boolean readsOnly = command.has(CommandFlag.READONLY);
      int busy;
      while ((busy = enter(plan, readsOnly)) != Shards.ENTERED) {
        if (shards.park(busy, () -> loop.execute(session.link()::resume))) {
          return false;
        }
      }
      plan = entered;
    }
    Output out = session.reply().output();
    int start = out.position();
    try {
      loop.inbox().drain();
      if (state.special() && state.slotHold().holdsBack(session, flags, planner)) {
        return false;
      }
      // What was delivered to this very client stands before its reply.
      start = out.position();
      // What it is told of its own doing follows it.
      session.holdPushes(session.reply().resp3());
      String moved =
          plan == 0 ? null : planner.refuseInside(slotGate, session, command, request, wallMs);
      if (moved == null) {
        lookAhead.fetch(keys);
        batchNs = caller.run(session, command, request, session.reply(), plan, wallMs, startNs);
      } else {
        reject(session, command, moved);
      }
      gates.told(session, command, plan);
    } finally {
      if (memory.limited()) {
        memory.ran(plan);
      }
      shards.leave(plan);
    }
    if (!session.isWaiting()) {
      session.mute(start);
    }
    session.holdPushes(false);
    endOfCommand(session, command);
    return true;
  }

  /**
   * Enters the shards of a plan, and those that serving clients may need who wait for keys in them;
   * all are noted in {@link #entered}.
   *
   * @return {@link Shards#ENTERED}, or the shard that is busy
   */
  private int enter(long plan, boolean readsOnly) {
    Waiters waiters = environment.waiters();
    entered = readsOnly ? plan : waiters.widened(plan);
    while (true) {
      int busy = shards.tryEnter(entered);
      if (busy != Shards.ENTERED || readsOnly) {
        return busy;
      }
      // Only now nobody can begin to wait there any more.
      long needed = waiters.widened(entered);
      if ((needed & ~entered) == 0) {
        return Shards.ENTERED;
      }
      shards.leave(entered);
      entered = needed;
    }
  }

  /** What this loop does for those of its clients that wait for keys. */
  private final class Home implements BlockedCommand.Home {
    @Override
    public void lookAgain(WaitedKey key) {
      loop.execute(() -> look(key));
    }

    private void look(WaitedKey key) {
      int busy;
      while ((busy = enter(key.shardMask(), false)) != Shards.ENTERED) {
        if (shards.park(busy, () -> lookAgain(key))) {
          return;
        }
      }
      long plan = entered;
      try {
        loop.inbox().drain();
        caller.look(key, plan, environment.clock().wallMs());
      } finally {
        shards.leave(plan);
      }
      environment.journal().signal(loop);
    }

    @Override
    public void gaveUp(BlockedCommand blocked, boolean withError) {
      caller.gaveUp(blocked, withError);
    }
  }

  static void endOfCommand(Session session, CommandSpec command) {
    // Once for a command, or for a whole transaction.
    if (session.asking() && !command.name().equals("asking") && openTransaction(session) == null) {
      session.asking(false);
    }
  }

  private void reject(Session session, @Nullable CommandSpec command, String refusal) {
    if (session.applied()) {
      SlotImport.failed(state, session, command, refusal);
      return;
    }
    Transaction transaction = session.get(Transaction.SLOT);
    if (transaction != null && transaction.open()) {
      transaction.spoil();
    }
    if (command != null) {
      caller.statistics().refused(command.index());
    }
    environment.statistics().error(refusal);
    Output out = session.reply().output();
    int start = out.position();
    session.reply().error(refusal);
    session.mute(start);
  }

  /** A pause holds the client back: it tries again when the pause is over. */
  private void holdBack(Session session) {
    long waitMs = Math.max(1, state.pauseUntilMs() - wallMs);
    state.onUnpause(
        loop.schedule(session.link()::resume, waitMs), () -> loop.execute(session.link()::resume));
  }

  /** Returns the context of this loop, for work that is no command. */
  public Context context() {
    return caller.context();
  }

  /**
   * Runs work of the node itself under the lock of one shard, if that is free now.
   *
   * @return whether it ran
   */
  public boolean tryChore(int shard, Consumer<Keys> work) {
    long plan = 1L << shard;
    if (shards.tryEnter(plan) != Shards.ENTERED) {
      return false;
    }
    try {
      caller.chore(
          caller.context().session(), plan, environment.clock().wallMs(), () -> work.accept(keys));
    } finally {
      shards.leave(plan);
    }
    environment.journal().signal(loop);
    return true;
  }

  /** Makes room, if there is a limit to the memory and it is exceeded; on the loop. */
  public void makeRoom() {
    if (memory.limited()) {
      memory.makeRoom(environment.clock().wallMs(), environment.clock().monotonicNs());
    }
  }

  /** Gives native memory back. */
  public void close() {
    watched.release();
    memory.close();
    caller.close();
  }
}
