package io.hashslot.cluster;

import io.hashslot.journal.Effects;
import io.hashslot.journal.Journal;
import io.hashslot.keyspace.ExpiryMode;
import io.hashslot.keyspace.Keys;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.keyspace.KeyspaceEvents;
import io.hashslot.memory.Memory;
import io.hashslot.resp.Request;
import io.hashslot.slot.SlotSet;
import java.util.ArrayList;
import java.util.List;

/** Deletes the keys of slots that this node has lost, or everything. Runs on the slow lane. */
public final class SlotDeletion implements ClusterHost.SlotKeys, AutoCloseable {
  private static final int BATCH = 1024;

  private final Keyspace keyspace;
  private final Journal journal;
  private final Keys keys;
  private final Effects effects = new Effects();

  /** Makes it for the data of a node. */
  public SlotDeletion(Keyspace keyspace, Journal journal) {
    this.keyspace = keyspace;
    this.journal = journal;
    keys = keyspace.newKeys(KeyspaceEvents.NONE);
  }

  @Override
  public void delete(SlotSet slots, boolean propagate) {
    slots.forEach(
        slot -> {
          while (deleteSome(slot, propagate)) {
            journal.signal();
          }
        });
  }

  private boolean deleteSome(int slot, boolean propagate) {
    keys.begin(0, ExpiryMode.IGNORE);
    List<byte[]> names = new ArrayList<>();
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
          effects.command(0, "DEL", 1).argument(request.address(i), request.length(i));
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
    keyspace.flush(0, true);
  }

  @Override
  public void close() {
    effects.close();
  }
}
