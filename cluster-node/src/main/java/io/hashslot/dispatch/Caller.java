package io.hashslot.dispatch;

import io.hashslot.command.Body;
import io.hashslot.command.CommandException;
import io.hashslot.command.CommandFlag;
import io.hashslot.command.CommandSpec;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.command.Nested;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs bodies under locks that are held, and everything that follows from what they did: errors,
 * effects, events, statistics. One per thread that executes.
 */
final class Caller implements Nested, KeyspaceEvents {
  private static final Logger LOG = LoggerFactory.getLogger(Caller.class);

  /** Administrators' commands may hold secrets. */
  private static final long HIDDEN_FROM_MONITORS =
      CommandFlag.ADMIN.bit() | CommandFlag.SKIP_MONITOR.bit();

  private final Environment environment;
  private final Effects effects = new Effects();
  private final Keys keys;
  private final CommandStatistics statistics;
  private final Context context;
  private long nowNs;

  Caller(Environment environment, Session placeholder) {
    this.environment = environment;
    keys = environment.keyspace().newKeys(this);
    statistics = environment.statistics().forLoop();
    context =
        new Context(
            keys,
            effects,
            environment.events(),
            environment.watches()::changed,
            placeholder,
            this,
            environment.table().all().getFirst());
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
    if (session.primaryLink() || environment.state().loading()) {
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
    try {
      body(session, command, request, reply, nowMs);
    } finally {
      keys.held(0);
      journal(session);
    }
    return nowNs;
  }

  private boolean body(
      Session session, CommandSpec command, Request request, ReplyWriter reply, long nowMs) {
    Output out = reply.output();
    int start = out.position();
    long startNs = nowNs;
    boolean failed = false;
    context.args().wrap(request);
    context.begin(session, command, reply, nowMs);
    try {
      Body body = command.body();
      if (body == null) {
        throw new IllegalStateException("a row without a body was dispatched: " + command);
      }
      body.execute(context, context.args());
      repeat(session, request);
    } catch (CommandException problem) {
      failed = true;
      fail(reply, start, problem.reply());
      repeat(session, request);
    } catch (WrongTypeException problem) {
      failed = true;
      fail(reply, start, CommandException.WRONG_TYPE.reply());
    } catch (OutputTooLargeException problem) {
      throw problem;
    } catch (RuntimeException fault) {
      failed = true;
      LOG.error("Command {} failed by a fault of ours", command, fault);
      fail(reply, start, "ERR internal error: " + fault.getClass().getSimpleName());
    }
    nowNs = environment.clock().monotonicNs();
    statistics.ran(command.index(), nowNs - startNs, failed);
    notice(session, command, request, nowMs, (nowNs - startNs) / 1000);
    return !failed;
  }

  /** Tells those who watch commands, or only slow ones. */
  private void notice(
      Session session, CommandSpec command, Request request, long nowMs, long tookUs) {
    long slowUs = environment.state().slowLogAfterUs();
    if (tookUs >= slowUs && slowUs >= 0 && !command.has(CommandFlag.SKIP_SLOWLOG)) {
      environment.slowLog().record(session, request, tookUs, nowMs);
    }
    if (tookUs >= 1000) {
      boolean fast = command.has(CommandFlag.FAST);
      String event = fast ? LatencyEvents.FAST_COMMAND : LatencyEvents.COMMAND;
      environment.latency().took(event, tookUs / 1000, nowMs);
    }
    if (environment.monitors().any() && !command.hasAny(HIDDEN_FROM_MONITORS)) {
      environment.monitors().feed(session, request, environment.clock().wallUs());
    }
  }

  private void fail(ReplyWriter reply, int start, String text) {
    reply.output().position(start);
    reply.error(text);
    environment.statistics().error(text);
  }

  /**
   * Adds the request to the effects, if it changed something and the body has not said otherwise.
   */
  private void repeat(Session session, Request request) {
    if (context.dirty() == 0 || context.rewritten() || !environment.journal().recording()) {
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
    if (environment.journal().recording() && !session.primaryLink()) {
      session.journalPosition(environment.journal().append(effects));
    }
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
    boolean good = body(session, command, request, reply, nowMs);
    context.args().wrap(outerRequest);
    context.begin(session, outer, reply, nowMs);
    return good;
  }

  /** Runs work of the node itself, such as expiry, under locks that are held, and journals it. */
  void chore(Session owner, long nowMs, Runnable work) {
    keys.begin(0, expiryMode(owner));
    keys.at(nowMs);
    effects.unwrapped();
    try {
      work.run();
    } finally {
      journal(owner);
    }
  }

  @Override
  public void expired(int database, Key key) {
    if (environment.journal().recording()) {
      effects.command(database, "UNLINK", 1).argument(key.address(), key.length());
    }
    environment.watches().changed(database, key);
    tell(KeyEvent.EXPIRED, "expired", database, key);
  }

  @Override
  public void created(int database, Key key) {
    tell(KeyEvent.NEW, "new", database, key);
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
