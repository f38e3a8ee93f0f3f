package io.hashslot.command;

import io.hashslot.journal.Effects;
import io.hashslot.keyspace.ExpiryMode;
import io.hashslot.keyspace.Key;
import io.hashslot.keyspace.Keys;
import io.hashslot.keyspace.Values;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.session.Session;
import io.hashslot.structure.ScanTable;

/**
 * What a body works with: the client, the keys, the reply, one "now", and what is to be told of the
 * change. One per loop, reused from command to command.
 *
 * <p>A body that changes a key says so with {@link #changed}. What replicas and the append-only
 * file get is the request as it came, unless the body asks for {@link #effects()} and writes there
 * what is to be repeated instead (absolute times, results of chance), or says {@link
 * #nothingToRepeat}.
 */
public final class Context {
  private final Keys keys;
  private final Effects effects;
  private final KeyEventSink events;
  private final ChangeSink changes;
  private final Nested nested;
  private final Blocker blocker;
  private final Args args = new Args();

  private Session session;
  private CommandSpec command;
  private ReplyWriter reply;
  private long nowMs;
  private boolean inTransaction;
  private boolean rewritten;
  private boolean waits;
  private long dirty;
  private int nextKey;

  /** Makes the context of a loop; {@link #begin} comes before every command. */
  public Context(
      Keys keys,
      Effects effects,
      KeyEventSink events,
      ChangeSink changes,
      Session first,
      Nested nested,
      Blocker blocker,
      CommandSpec firstCommand) {
    this.nested = nested;
    this.blocker = blocker;
    this.keys = keys;
    this.effects = effects;
    this.events = events;
    this.changes = changes;
    session = first;
    reply = first.reply();
    command = firstCommand;
  }

  /** Points at the next command. */
  public void begin(
      Session newSession, CommandSpec newCommand, ReplyWriter newReply, long newNowMs) {
    session = newSession;
    command = newCommand;
    reply = newReply;
    nowMs = newNowMs;
    rewritten = false;
    waits = false;
    dirty = 0;
    nextKey = 0;
  }

  /** Returns the client. */
  public Session session() {
    return session;
  }

  /** Returns the row of the command under way. */
  public CommandSpec command() {
    return command;
  }

  /** Returns the arguments of the command under way. */
  public Args args() {
    return args;
  }

  /** Returns the writer of the reply. */
  public ReplyWriter reply() {
    return reply;
  }

  /** Returns the keys of the selected database, as this execution sees them. */
  public Keys keys() {
    return keys;
  }

  /** Returns the collections of the selected database. */
  public Values values() {
    return keys.values();
  }

  /** Returns random bits for choices among elements, not for secrets. */
  public ScanTable.RandomBits random() {
    return keys.values().random();
  }

  /** Returns the key that is the given argument; its shard is locked if the row names it. */
  public Key key(int argument) {
    int made = keys.keyCount();
    for (int i = 0; i < made; i++) {
      Key key = keys.keyAt(nextKey);
      nextKey = nextKey + 1 < made ? nextKey + 1 : 0;
      if (key.argIndex() == argument) {
        return key;
      }
    }
    return keys.key(args.address(argument), args.length(argument), argument);
  }

  /** Returns what runs other commands within this one. */
  public Nested nested() {
    return nested;
  }

  /** Returns the index of the database the command runs in. */
  public int database() {
    return session.database();
  }

  /** Returns the time of this execution, in wall milliseconds; one value throughout. */
  public long nowMs() {
    return nowMs;
  }

  /**
   * Tells whether a time, in wall milliseconds, that a key is about to get has passed, so that the
   * key goes at once. On a replica, in its primary's stream and in files it does not: there keys go
   * when they are deleted.
   */
  public boolean isPast(long expireAtMs) {
    return expireAtMs <= nowMs && keys.expiryMode() == ExpiryMode.DELETE;
  }

  /** Tells whether the command comes from our primary or from a file: it is history, not a wish. */
  public boolean replaying() {
    return session.primaryLink();
  }

  /** Tells whether the command runs within {@code EXEC}: it must not wait. */
  public boolean inTransaction() {
    return inTransaction;
  }

  /** Says whether what follows runs within {@code EXEC}. */
  public void inTransaction(boolean yes) {
    inTransaction = yes;
  }

  /**
   * Tells whether the client may be made to wait. If not, a body answers at once as if the time
   * were up: within {@code EXEC} and scripts, and if there is nobody to wait.
   */
  public boolean mayWait() {
    return !inTransaction && !session.primaryLink() && session.id() != 0;
  }

  /**
   * Makes the client wait until the condition holds for one of some keys; the body writes no reply.
   * Then the command is run again, as it came, and must be answered; if the time is up before that,
   * the reply is a null array. When it runs again, only some of the keys are locked: bodies ask
   * {@link #offers} of each before they look at it.
   *
   * @param first argument that is the first key
   * @param count how many keys there are, one after the other
   * @param timeoutMs 0 means without end
   */
  public void await(int first, int count, long timeoutMs, WaitCondition condition) {
    blocker.await(first, count, timeoutMs, condition, null);
    waits = true;
  }

  /**
   * Like {@link #await(int, int, long, WaitCondition)}, but what is run in the end is not the
   * command's own body: it may know what the first run has found out. Any thread may run it.
   */
  public void await(int first, int count, long timeoutMs, WaitCondition condition, Body again) {
    blocker.await(first, count, timeoutMs, condition, again);
    waits = true;
  }

  /**
   * Tells whether the command shall look at one of the keys that it waits for: always when it runs
   * first, and when it runs again, at those that something has happened to. Others have nothing for
   * it, and their shards may not be locked.
   */
  public boolean offers(Key key) {
    return blocker.offers(session.database(), key);
  }

  /** Tells whether the command under way has made its client wait. */
  public boolean waits() {
    return waits;
  }

  /**
   * Lets clients that wait for a key look at it again. That follows by itself when a key is
   * created, replaced or deleted; it must be said when a stream gets an entry or loses a group.
   */
  public void signal(Key key) {
    blocker.signal(session.database(), key);
  }

  /** A whole database was emptied or exchanged: clients that wait for its keys look again. */
  public void signalAll(int database) {
    blocker.signalAll(database);
  }

  /** A key was changed: it counts as a write, watchers lose their bets, listeners are told. */
  public void changed(Key key, KeyEvent type, String event) {
    dirty++;
    changes.changed(session.database(), key);
    notify(key, type, event);
  }

  /** A key was changed, and nobody listens to such changes. */
  public void changed(Key key) {
    dirty++;
    changes.changed(session.database(), key);
  }

  /** A key of another database than the selected one was changed. */
  public void changed(Key key, KeyEvent type, String event, int database) {
    dirty++;
    changes.changed(database, key);
    notify(key, type, event, database);
  }

  /** Something changed that is no key, such as a whole database. */
  public void changedMany(long count) {
    dirty += count;
  }

  /** Tells listeners of an event. */
  public void notify(Key key, KeyEvent type, String event) {
    if ((events.enabled() & type.bit()) != 0) {
      events.keyEvent(type, event, session.database(), key.address(), key.length());
    }
  }

  /** Tells listeners of an event in another database than the selected one. */
  public void notify(Key key, KeyEvent type, String event, int database) {
    if ((events.enabled() & type.bit()) != 0) {
      events.keyEvent(type, event, database, key.address(), key.length());
    }
  }

  /** Returns how many changes the command has made. */
  public long dirty() {
    return dirty;
  }

  /** Returns where to write what is to be repeated in place of the request. */
  public Effects effects() {
    rewritten = true;
    return effects;
  }

  /** Says that there is nothing to repeat, though keys may have changed. */
  public void nothingToRepeat() {
    rewritten = true;
  }

  /** Tells whether the body has said itself what is to be repeated. */
  public boolean rewritten() {
    return rewritten;
  }
}
