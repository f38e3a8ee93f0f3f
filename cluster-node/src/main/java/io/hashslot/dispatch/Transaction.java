package io.hashslot.dispatch;

import io.hashslot.command.CommandSpec;
import io.hashslot.resp.Request;
import io.hashslot.session.SessionSlot;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client has queued since {@code MULTI}, and whether it can still be run. Exists also before
 * {@code MULTI}, from the first {@code WATCH} on.
 */
public final class Transaction {
  /** Where the transaction hangs on its session. */
  public static final SessionSlot<Transaction> SLOT = new SessionSlot<>();

  /** One queued command, with its own copy of the request. */
  public record Queued(CommandSpec command, Request request) {}

  /**
   * One watched key.
   *
   * @param key which
   * @param present whether it existed when it was watched
   */
  record Bet(Watches.Watched key, boolean present) {}

  /**
   * What is at stake from one WATCH to the next EXEC, DISCARD or UNWATCH: lost when a watched key
   * changes. A writer on another loop may have found it just before the client gave it up; what
   * that writer then says must not concern what the client watches next.
   */
  static final class Stake {
    private volatile boolean lost;

    /** A watched key was changed; under the lock of its shard, on any loop. */
    void lose() {
      lost = true;
    }
  }

  private final List<Queued> queue = new ArrayList<>();
  private final List<Bet> watched = new ArrayList<>();
  private boolean open;
  private boolean spoiled;
  private long queuedBytes;
  private long flags;

  private volatile Stake stake = new Stake();

  /** Tells whether {@code MULTI} was given. */
  public boolean open() {
    return open;
  }

  /** {@code MULTI}. */
  public void begin() {
    open = true;
    spoiled = false;
  }

  /** A command could not be queued: {@code EXEC} will refuse. */
  void spoil() {
    spoiled = true;
  }

  /** Tells whether a command could not be queued. */
  public boolean spoiled() {
    return spoiled;
  }

  /** Tells whether a watched key was changed. */
  public boolean touched() {
    return stake.lost;
  }

  Stake stake() {
    return stake;
  }

  /** Adds a copy of a request. */
  public void queue(CommandSpec command, Request request) {
    flags |= command.flagBits();
    Request copy = new Request();
    copy.copyFrom(request);
    queue.add(new Queued(command, copy));
    queuedBytes += copy.payloadBytes();
  }

  /** Returns what was queued, in order. */
  public List<Queued> queued() {
    return queue;
  }

  /** Returns the flags of all queued commands together, as the sum of their bits. */
  public long flagBits() {
    return flags;
  }

  /** Returns the number of queued commands. */
  public int size() {
    return queue.size();
  }

  /** Returns the bytes that queued requests hold. */
  public long queuedBytes() {
    return queuedBytes;
  }

  /** Returns the number of watched keys. */
  public int watchedCount() {
    return watched.size();
  }

  List<Bet> watched() {
    return watched;
  }

  /** {@code UNWATCH}: what was bet before counts no more. */
  public void forgetTouches() {
    stake = new Stake();
  }

  /** Forgets queued commands and frees their memory; watched keys are the caller's business. */
  public void clear() {
    for (Queued queued : queue) {
      queued.request().release();
    }
    queue.clear();
    queuedBytes = 0;
    flags = 0;
    open = false;
    spoiled = false;
    stake = new Stake();
  }
}
