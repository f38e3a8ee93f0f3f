package io.hashslot.dispatch;

import io.hashslot.blocking.WaitedKey;
import io.hashslot.blocking.Waiter;
import io.hashslot.blocking.Waiters;
import io.hashslot.command.CommandSpec;
import io.hashslot.keyspace.Key;
import io.hashslot.keyspace.Keys;
import io.hashslot.resp.NativeOutput;
import io.hashslot.resp.OutputTooLargeException;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.resp.Request;
import io.hashslot.session.Session;
import io.hashslot.slot.Slots;
import io.hashslot.value.CollectionValue;
import io.hashslot.value.Kind;
import io.hashslot.value.Value;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves clients that wait for keys, at the end of the execution that made the keys ready, under
 * its locks: so nobody who comes later gets before them. For each key, in the order in which keys
 * became ready, those who wait for it have their commands run again, in the order in which they
 * came. What that makes ready is served after it. The replies travel to the clients' loops.
 *
 * <p>Design: {@code docs/internals/blocking.md}.
 */
final class Serving {
  private static final Logger LOG = LoggerFactory.getLogger(Serving.class);

  private final Environment environment;
  private final Waiters waiters;
  private final Caller caller;
  private final Keys keys;
  private final Planner planner;
  private final Gates gates;
  private final ReadyKeys ready = new ReadyKeys();
  private boolean serving;

  Serving(Environment environment, Caller caller) {
    this.environment = environment;
    this.caller = caller;
    waiters = environment.waiters();
    keys = caller.keys();
    planner = new Planner(keys, environment.slotGate() != null);
    gates = new Gates(environment.state());
  }

  /** A key was changed; under the lock of its shard. */
  void changed(int database, Key key, boolean grown) {
    if (waiters.surelyNone(key)) {
      return;
    }
    WaitedKey waited = waiters.find(database, key);
    if (waited != null) {
      ready.add(waited, grown);
    }
  }

  /** All keys of a database may have changed; under the locks of all shards. */
  void changedAll(int database) {
    for (WaitedKey key : waiters.keysOf(database)) {
      ready.add(key, true);
    }
  }

  /** Looks at a key that may have changed outside of an execution, once its shard is entered. */
  void look(WaitedKey key) {
    ready.add(key, true);
  }

  /** Tells whether something has happened to a key in the execution that is over, or since. */
  boolean isReady(int database, Key key) {
    return ready.contains(waiters.name(database, key));
  }

  boolean nothingReady() {
    return ready.isEmpty();
  }

  /** Serves all who can be served; under the locks of the execution that is over. */
  void serve(long nowMs) {
    if (serving) {
      return; // a served command made this ready: its turn comes
    }
    serving = true;
    try {
      Map.@Nullable Entry<WaitedKey, Boolean> next;
      while ((next = ready.poll()) != null) {
        serve(next.getKey(), next.getValue(), nowMs);
      }
    } finally {
      serving = false;
      ready.clear();
    }
  }

  private void serve(WaitedKey waited, boolean grown, long nowMs) {
    long last = waiters.lastTicket();
    byte[] name = waited.bytes();
    Key key = null;
    Waiter waiter = waiters.next(waited, 0);
    while (waiter != null && waiter.ticket() <= last) {
      BlockedCommand blocked = (BlockedCommand) waiter;
      if (key == null) {
        keys.begin(waited.database(), caller.expiryMode(blocked.session()));
        keys.at(nowMs);
        key = keys.key(name, -1);
        if (!worthAsking(waited, keys.peek(key), grown)) {
          return;
        }
      }
      boolean met = blocked.condition().holds(keys, key, blocked.request());
      if (met && !heldBack(blocked, waited, nowMs) && blocked.claim()) {
        run(blocked, nowMs);
        key = null;
      }
      waiter = waiters.next(waited, blocked.ticket());
    }
  }

  private boolean worthAsking(WaitedKey waited, @Nullable Value value, boolean grown) {
    if (value instanceof CollectionValue collection) {
      return grown || collection.kind() != Kind.STREAM;
    }
    return grown && value != null || waiters.anyEndsWith(waited);
  }

  /** A pause holds the client's command back: it goes on waiting until the pause is over. */
  private boolean heldBack(BlockedCommand blocked, WaitedKey waited, long nowMs) {
    NodeState state = environment.state();
    if (state.special() && heldForSlots(blocked, waited)) {
      return true;
    }
    if (!state.special() || !gates.paused(blocked.command().flagBits(), nowMs)) {
      return false;
    }
    Session session = blocked.session();
    long waitMs = Math.max(1, state.pauseUntilMs() - nowMs);
    session
        .loop()
        .execute(
            () ->
                state.onUnpause(
                    session.loop().schedule(() -> waiters.lookAgain(waited), waitMs),
                    () -> waiters.lookAgain(waited)));
    return true;
  }

  /** What the client would write to is about to change hands. */
  private boolean heldForSlots(BlockedCommand blocked, WaitedKey waited) {
    SlotHold hold = environment.state().slotHold();
    boolean covered =
        hold.any() && hold.covers(blocked.command().flagBits(), Slots.of(waited.bytes()));
    if (covered) {
      Session session = blocked.session();
      hold.whenReleased(() -> session.loop().execute(() -> waiters.lookAgain(waited)));
    }
    return covered;
  }

  private void run(BlockedCommand blocked, long nowMs) {
    Session session = blocked.session();
    NativeOutput out = new NativeOutput(256);
    ReplyWriter reply = ReplyWriter.like(session.reply(), out);
    boolean complete = false;
    try {
      CommandSpec command = blocked.command();
      keys.begin(session.database(), caller.expiryMode(session));
      keys.at(nowMs);
      keys.touching(!session.noTouch());
      planner.plan(command, blocked.request());
      String refusal = refusal(session, command, blocked.request(), nowMs);
      if (refusal == null) {
        caller.runAgain(blocked, reply, nowMs);
      } else {
        caller.statistics().refused(command.index());
        environment.statistics().error(refusal);
        reply.error(refusal);
      }
      complete = true;
    } catch (OutputTooLargeException problem) {
      LOG.warn("Client id={} closed: {}", session.id(), problem.getMessage());
    } finally {
      blocked.request().release();
      answer(blocked, complete ? out.toBytes() : null, environment.state().gate().era());
      out.release();
    }
  }

  /** The gates are the same as for a command that comes now. */
  private @Nullable String refusal(
      Session session, CommandSpec command, Request request, long nowMs) {
    String refusal = planner.refuseInside(environment.slotGate(), session, command, request, nowMs);
    if (refusal == null && environment.state().special()) {
      refusal = gates.judgeNode(command, command.flagBits());
    }
    return refusal;
  }

  private static void answer(BlockedCommand blocked, byte @Nullable [] bytes, long era) {
    Session session = blocked.session();
    session
        .loop()
        .inbox()
        .post(
            () -> {
              if (bytes == null) {
                session.link().closeNow();
              } else {
                session.told().of(era);
                session.wakeWithin(blocked, () -> session.reply().output().put(bytes));
              }
            });
  }
}
