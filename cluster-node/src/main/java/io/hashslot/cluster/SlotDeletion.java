package io.hashslot.cluster;

import io.hashslot.dispatch.NodeState;
import io.hashslot.dispatch.SlowLane;
import io.hashslot.journal.Effects;
import io.hashslot.journal.Journal;
import io.hashslot.keyspace.ExpiryMode;
import io.hashslot.keyspace.Keys;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.keyspace.KeyspaceEvents;
import io.hashslot.memory.Memory;
import io.hashslot.resp.Request;
import io.hashslot.slot.SlotSet;
import io.hashslot.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntPredicate;

/**
 * Deletes the keys of slots that this node does not own, or everything. On the slow lane, a turn of
 * a few milliseconds after the other, so that neither clients nor changes of role wait for it: a
 * shard is held for some keys at a time.
 */
public final class SlotDeletion implements ClusterHost.SlotKeys, AutoCloseable {
  private static final int BATCH = 64;
  private static final long TURN_NS = 5_000_000;

  private final Keyspace keyspace;
  private final Journal journal;
  private final SlowLane slowLane;
  private final NodeState state;
  private final Clock clock;
  private final Keys keys;
  private final Effects effects = new Effects();
  private volatile IntPredicate mine = _ -> false;

  /** Makes it for the data of a node. */
  public SlotDeletion(
      Keyspace keyspace, Journal journal, SlowLane slowLane, NodeState state, Clock clock) {
    this.keyspace = keyspace;
    this.journal = journal;
    this.slowLane = slowLane;
    this.state = state;
    this.clock = clock;
    keys = keyspace.newKeys(KeyspaceEvents.NONE);
  }

  /** Says which slots this node owns by the newest view: their keys are never deleted. */
  void sparing(IntPredicate owned) {
    mine = owned;
  }

  @Override
  public void delete(SlotSet slots, boolean propagate) {
    delete(slots, propagate, () -> {});
  }

  /**
   * Deletes the keys of slots, soon. What has become ours again meanwhile stays; a replica deletes
   * nothing by itself.
   *
   * @param propagate whether replicas and append-only file are told
   * @param done runs on the slow lane when there is nothing left to do
   */
  public void delete(SlotSet slots, boolean propagate, Runnable done) {
    SlotSet left = slots.copy();
    submit(() -> turn(left, propagate, done));
  }

  private void submit(Runnable work) {
    try {
      slowLane.execute(work);
    } catch (RejectedExecutionException _) {
      // The server ends; what is left is deleted at the next start.
    }
  }

  private void turn(SlotSet left, boolean propagate, Runnable done) {
    long beganNs = clock.monotonicNs();
    int slot = state.replica() ? -1 : left.next(0);
    while (slot >= 0) {
      if (!deleteSome(slot, propagate)) {
        left.remove(slot);
      }
      if (clock.monotonicNs() - beganNs >= TURN_NS) {
        journal.signal();
        submit(() -> turn(left, propagate, done));
        return;
      }
      slot = left.next(slot);
    }
    journal.signal();
    done.run();
  }

  private boolean deleteSome(int slot, boolean propagate) {
    long shard = 1L << keyspace.shardOfSlot(slot);
    keyspace.shards().enterSlow(shard);
    try {
      for (int database = 0; database < keyspace.databases(); database++) {
        if (!mine.test(slot) && deleteSome(database, slot, propagate)) {
          return true;
        }
      }
      return false;
    } finally {
      keyspace.shards().leave(shard);
    }
  }

  private boolean deleteSome(int database, int slot, boolean propagate) {
    keys.begin(database, ExpiryMode.IGNORE);
    List<byte[]> names = new ArrayList<>(BATCH);
    keys.inSlot(
        slot, BATCH, (_, entry) -> names.add(Memory.bytes(entry.keyAddress(), entry.keyLength())));
    if (names.isEmpty()) {
      return false;
    }
    Request request = new Request();
    try {
      request.copyFrom(names);
      effects.unwrapped();
      for (int i = 0; i < request.count(); i++) {
        keys.remove(keys.key(request.address(i), request.length(i), -1));
        if (propagate && journal.recording()) {
          effects.command(database, "DEL", 1).argument(request.address(i), request.length(i));
        }
      }
      if (effects.commands() > 0) {
        journal.append(effects);
      }
    } finally {
      effects.reset();
      request.release();
    }
    return true;
  }

  @Override
  public void deleteAll() {
    for (int database = 0; database < keyspace.databases(); database++) {
      keyspace.flush(database, true);
    }
  }

  @Override
  public void close() {
    effects.close();
  }
}
