package io.hashslot.cluster;

import io.hashslot.dispatch.SlowLane;
import io.hashslot.keyspace.ExpiryMode;
import io.hashslot.keyspace.Keys;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.keyspace.KeyspaceEvents;
import io.hashslot.keyspace.Shards;
import java.util.function.Consumer;

/**
 * Visits to the shards of slots, on the slow lane: for whoever is on a thread that must not wait.
 */
final class SlotVisits implements SlotChanges.ShardVisits {
  private final Keyspace keyspace;
  private final Keys keys;
  private final SlowLane slowLane;

  SlotVisits(Keyspace keyspace, SlowLane slowLane) {
    this.keyspace = keyspace;
    this.slowLane = slowLane;
    keys = keyspace.newKeys(KeyspaceEvents.NONE);
  }

  @Override
  public void visit(int slot, Consumer<Keys> visitor) {
    slowLane.execute(() -> visitNow(slot, visitor));
  }

  private void visitNow(int slot, Consumer<Keys> visitor) {
    Shards shards = keyspace.shards();
    long shard = 1L << keyspace.shardOfSlot(slot);
    shards.enterSlow(shard);
    try {
      keys.begin(0, ExpiryMode.IGNORE);
      visitor.accept(keys);
    } finally {
      shards.leave(shard);
    }
  }
}
