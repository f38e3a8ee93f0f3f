package io.hashslot.dispatch;

import io.hashslot.blocking.WaitedKey;
import io.hashslot.command.Blocker;
import io.hashslot.command.Body;
import io.hashslot.command.CommandException;
import io.hashslot.command.CommandFlag;
import io.hashslot.command.CommandSpec;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.command.KeyPositions;
import io.hashslot.command.Nested;
import io.hashslot.command.WaitCondition;
import io.hashslot.journal.Effects;
import io.hashslot.keyspace.ExpiryMode;
import io.hashslot.keyspace.Key;
import io.hashslot.keyspace.Keys;
import io.hashslot.keyspace.KeyspaceEvents;
import io.hashslot.keyspace.WrongTypeException;
import io.hashslot.observe.CommandStatistics;
import io.hashslot.observe.LatencyEvents;
import io.hashslot.resp.Output;
import io.hashslot.resp.OutputTooLargeException;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.resp.Request;
import io.hashslot.session.Session;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs bodies under locks that are held, and everything that follows from what they did: errors,
 * effects, events, statistics. One per thread that executes.
 */
final class Caller implements Nested, Blocker, KeyspaceEvents {
  private static final Logger LOG = LoggerFactory.getLogger(Caller.class);

  /** Administrators' commands may hold secrets. */
  private static final long HIDDEN_FROM_MONITORS =
      CommandFlag.ADMIN.bit() | CommandFlag.SKIP_MONITOR.bit();

  private final Environment environment;
  private final Effects effects = new Effects();
  private final Keys keys;
  private final CommandStatistics statistics;
  private final Context context;
  private final Serving serving;
  private final @Nullable SlotUse slotUse;

  /** Whose use the execution under way is counted for, or -1. */
  private int slot = -1;

  private final BlockedCommand.@Nullable Home home;

  /** The command that has waited and runs again, if there is one. */
  private @Nullable BlockedCommand blocked;

  /** The command that has begun to wait last. */
  private @Nullable BlockedCommand begins;

  private long nowNs;

  /** Makes it for a thread; {@code home} is null where no client can be made to wait. */
  Caller(Environment environment, Session placeholder, BlockedCommand.@Nullable Home home) {
    this.environment = environment;
    this.home = home;
    keys = environment.keyspace().newKeys(this);
    statistics = environment.statistics().forLoop();
    context =
        new Context(
            keys,
            effects,
            environment.events(),
            this::changed,
            placeholder,
            this,
            this,
            environment.table().all().getFirst());
    serving = new Serving(environment, this);
    SlotGate gate = environment.slotGate();
    slotUse = gate == null ? null : gate.use();
  }

  Keys keys() {
    return keys;
  }

  Context context() {
    return context;
  }

  CommandStatistics statistics() {
    return statistics;
  }

  /** Returns how an execution of a session treats keys whose time has come. */
  ExpiryMode expiryMode(Session session) {
    if (session.applied() || environment.state().loading()) {
      return ExpiryMode.IGNORE;
    }
    return environment.state().replica() ? ExpiryMode.HIDE : ExpiryMode.DELETE;
  }

  /**
   * Runs a client's command under the locks of its shards and journals what it did.
   *
   * @param held the shards that were entered, as a bit mask
   * @param startNs monotonic time now
   * @return monotonic time at the end
   */
  long run(
      Session session,
      CommandSpec command,
      Request request,
      ReplyWriter reply,
      long held,
      long nowMs,
      long startNs) {
    nowNs = startNs;
    keys.held(held);
    keys.at(nowMs);
    keys.touching(!session.noTouch());
    int start = reply.output().position();
    slot = slotCounted();
    try {
      body(session, command, request, reply, nowMs);
      if (slotUse != null && slot >= 0 && !session.isWaiting()) {
        slotUse.ran(slot, request, nowNs - startNs, reply.output().position() - start);
        if (request.is(0, "EXEC")) {
          slotUse.transaction(slot);
        }
      }
    } finally {
      end(session, nowMs);
    }
    return nowNs;
  }

  /** Returns the slot whose use the execution that begins is counted for, or -1. */
  private int slotCounted() {
    boolean counts = slotUse != null && slotUse.enabled() && keys.keyCount() > 0;
    return counts ? keys.keyAt(0).slot() : -1;
  }

  /** The execution is over: what it did is journalled, and whom it has made ready is served. */
  private void end(Session session, long nowMs) {
    try {
      journal(session);
      if (!serving.nothingReady()) {
        serving.serve(nowMs);
      }
    } finally {
      keys.held(0);
    }
  }

  /** Runs a command that has waited, and journals what it did. */
  void runAgain(BlockedCommand waited, ReplyWriter reply, long nowMs) {
    blocked = waited;
    int start = reply.output().position();
    long startNs = nowNs;
    slot = slotCounted();
    try {
      body(waited.session(), waited.command(), waited.request(), reply, nowMs);
      if (slotUse != null && slot >= 0 && !context.waits()) {
        long replied = reply.output().position() - start;
        slotUse.ran(slot, waited.request(), nowNs - startNs, replied);
      }
    } finally {
      blocked = null;
      journal(waited.session());
    }
  }

  /** Serves those who wait for a key, outside of any execution, under the locks of its shard. */
  void look(WaitedKey key, long held, long nowMs) {
    nowNs = environment.clock().monotonicNs();
    keys.held(held);
    serving.look(key);
    try {
      serving.serve(nowMs);
    } finally {
      keys.held(0);
    }
  }

  /** A client waits no more, and was not served. */
  void gaveUp(BlockedCommand waited, boolean withError) {
    count(
        waited.session(),
        waited.command(),
        waited.request(),
        environment.clock().wallMs(),
        waited.tookNs(),
        withError);
  }

  private boolean body(
      Session session, CommandSpec command, Request request, ReplyWriter reply, long nowMs) {
    Output out = reply.output();
    int start = out.position();
    long startNs = nowNs;
    boolean failed = false;
    context.args().wrap(request);
    effects.wanted(environment.journal().recording() && !session.primaryLink());
    context.begin(session, command, reply, nowMs);
    try {
      Body body = blocked == null ? command.body() : blocked.body();
      if (body == null) {
        throw new IllegalStateException("a row without a body was dispatched: " + command);
      }
      body.execute(context, context.args());
      repeat(session, request);
    } catch (CommandException problem) {
      failed = true;
      fail(session, command, reply, start, problem.reply());
      repeat(session, request);
    } catch (WrongTypeException problem) {
      failed = true;
      fail(session, command, reply, start, CommandException.WRONG_TYPE.reply());
    } catch (OutputTooLargeException problem) {
      throw problem;
    } catch (RuntimeException fault) {
      failed = true;
      LOG.error("Command {} failed by a fault of ours", command, fault);
      String text = "ERR internal error: " + fault.getClass().getSimpleName();
      fail(session, command, reply, start, text);
    }
    if (context.dirty() != 0 && environment.state().writableReplica() && !session.primaryLink()) {
      environment.keyspace().ownExpiries().note(session.database(), keys);
    }
    nowNs = environment.clock().monotonicNs();
    long tookNs = nowNs - startNs;
    BlockedCommand again = blocked;
    BlockedCommand begun = context.waits() ? begins : null;
    if (begun != null) {
      begun.tookNs(tookNs);
    } else {
      count(
          session, command, request, nowMs, tookNs + (again == null ? 0 : again.tookNs()), failed);
    }
    if (again == null && environment.monitors().any() && !command.hasAny(HIDDEN_FROM_MONITORS)) {
      environment.monitors().feed(session, request, environment.clock().wallUs());
    }
    return !failed;
  }

  /** Counts a command that is answered, and tells those who watch slow ones. */
  private void count(
      Session session,
      CommandSpec command,
      Request request,
      long nowMs,
      long tookNs,
      boolean failed) {
    statistics.ran(command.index(), tookNs, failed);
    long tookUs = tookNs / 1000;
    long slowUs = environment.state().slowLogAfterUs();
    if (tookUs >= slowUs && slowUs >= 0 && !command.has(CommandFlag.SKIP_SLOWLOG)) {
      environment.slowLog().record(session, request, tookUs, nowMs);
    }
    if (tookUs >= 1000) {
      boolean fast = command.has(CommandFlag.FAST);
      String event = fast ? LatencyEvents.FAST_COMMAND : LatencyEvents.COMMAND;
      environment.latency().took(event, tookUs / 1000, nowMs);
    }
  }

  @Override
  public void await(
      int first, int count, long timeoutMs, WaitCondition condition, @Nullable Body again) {
    BlockedCommand.Home loop = home;
    if (loop == null || blocked != null) {
      throw new IllegalStateException("nobody can wait here: " + context.command());
    }
    Session session = context.session();
    CommandSpec command = context.command();
    List<WaitedKey> waited = new ArrayList<>(count);
    for (int i = first; i < first + count; i++) {
      WaitedKey key = environment.waiters().name(context.database(), context.key(i));
      if (!waited.contains(key)) {
        waited.add(key);
      }
    }
    BlockedCommand waiter =
        new BlockedCommand(
            environment.waiters(),
            session,
            command,
            context.args().request(),
            waited,
            targets(command, first, count),
            condition,
            again,
            loop);
    begins = waiter;
    session.await(waiter, timeoutMs);
    environment.waiters().add(waiter);
  }

  /** Returns the shards of the keys of the command under way that are not waited for. */
  private long targets(CommandSpec command, int first, int count) {
    KeyPositions positions = new KeyPositions();
    command.collectKeys(context.args().request(), positions);
    long mask = 0;
    for (int i = 0; i < positions.count(); i++) {
      int argument = positions.argument(i);
      if (argument < first || argument >= first + count) {
        mask |= context.key(argument).shardMask();
      }
    }
    return mask;
  }

  @Override
  public boolean offers(int database, Key key) {
    return blocked == null || serving.isReady(database, key);
  }

  @Override
  public void signal(int database, Key key) {
    serving.changed(database, key, true);
  }

  @Override
  public void signalAll(int database) {
    serving.changedAll(database);
  }

  /** A body has changed a key. */
  private void changed(int database, Key key) {
    environment.watches().changed(database, key);
    serving.changed(database, key, false);
  }

  private void fail(
      Session session, CommandSpec command, ReplyWriter reply, int start, String text) {
    reply.output().position(start);
    reply.error(text);
    environment.statistics().error(text);
    if (session.applied()) {
      SlotImport.failed(environment.state(), session, command, text);
    }
  }

  /**
   * Adds the request to the effects, if it changed something and the body has not said otherwise.
   */
  private void repeat(Session session, Request request) {
    if (context.dirty() == 0 || context.rewritten()) {
      return;
    }
    effects.command(session.database(), request.count());
    for (int i = 0; i < request.count(); i++) {
      effects.argument(request.address(i), request.length(i));
    }
  }

  /** Gives the effects of the execution to the journal, in one piece. */
  private void journal(Session session) {
    if (effects.commands() == 0) {
      return;
    }
    session.journalPosition(environment.journal().append(effects));
    effects.reset();
  }

  @Override
  public boolean call(CommandSpec command, Request request) {
    Session session = context.session();
    CommandSpec outer = context.command();
    Request outerRequest = context.args().request();
    ReplyWriter reply = context.reply();
    long nowMs = context.nowMs();
    keys.begin(session.database(), expiryMode(session));
    keys.at(nowMs);
    keys.touching(!session.noTouch());
    if (slotUse != null && slot >= 0) {
      slotUse.queued(slot, request);
    }
    boolean good = body(session, command, request, reply, nowMs);
    context.args().wrap(outerRequest);
    context.begin(session, outer, reply, nowMs);
    return good;
  }

  /** Runs work of the node itself, such as expiry, under locks that are held, and journals it. */
  void chore(Session owner, long held, long nowMs, Runnable work) {
    keys.held(held);
    keys.begin(0, expiryMode(owner));
    keys.at(nowMs);
    effects.unwrapped();
    try {
      work.run();
    } finally {
      end(owner, nowMs);
    }
  }

  @Override
  public void expired(int database, Key key) {
    // A key may be found expired before any body runs.
    effects.wanted(environment.journal().recording());
    effects.command(database, "UNLINK", 1).argument(key.address(), key.length());
    changed(database, key);
    tell(KeyEvent.EXPIRED, "expired", database, key);
  }

  @Override
  public void created(int database, Key key) {
    serving.changed(database, key, true);
    tell(KeyEvent.NEW, "new", database, key);
  }

  @Override
  public void replaced(int database, Key key) {
    serving.changed(database, key, true);
  }

  @Override
  public void missed(int database, Key key) {
    tell(KeyEvent.MISSED, "keymiss", database, key);
  }

  private void tell(KeyEvent type, String event, int database, Key key) {
    if ((environment.events().enabled() & type.bit()) != 0) {
      environment.events().keyEvent(type, event, database, key.address(), key.length());
    }
  }

  void close() {
    effects.close();
  }
}
