package io.hashslot.value;

import io.hashslot.memory.Arena;
import io.hashslot.memory.Memory;
import io.hashslot.structure.IdTree;
import io.hashslot.structure.RecordTree;
import io.hashslot.structure.Slice;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.function.LongConsumer;

/**
 * A group of a stream as it is at one moment. Its name, its position and its consumers are copied
 * at that moment; what is pending is handed out afterwards, in the order of ids. A tree beside the
 * group's own remembers what an entry was like before it changed, or that one is new. So it is with
 * the chunks of {@link FrozenStream}.
 *
 * <p>In a snapshot the ids that each consumer has pending stand behind all entries of the group, so
 * they are gathered while the entries are handed out: 16 bytes each, until the group is through;
 * outside of the heap, whose collection would stop everybody.
 */
final class FrozenGroup {
  private static final int ENTRIES_AT_ONCE = 16;
  private static final int IDS_IN_RUN = 256;
  private static final int ID_BYTES = 16;

  // The record of an entry as PendingEntries has it; the consumer of one that is new is 0.
  private static final int CONSUMER = IdTree.PAYLOAD;
  private static final int DELIVERED = CONSUMER + 8;
  private static final int COUNT = DELIVERED + 8;
  private static final int PAYLOAD_BYTES = 24;
  private static final long NEW = 0;

  /** A consumer, and the ids it had pending, in runs of native memory. */
  private static final class Member {
    final byte[] name;
    final long seenAtMs;
    final long activeAtMs;
    final long pending;
    final long[] runs;
    long gathered;

    Member(byte[] name, long consumer) {
      this.name = name;
      seenAtMs = StreamConsumer.seenAtMs(consumer);
      activeAtMs = StreamConsumer.activeAtMs(consumer);
      pending = StreamConsumer.pendingCount(consumer);
      runs = new long[Math.toIntExact((pending + IDS_IN_RUN - 1) / IDS_IN_RUN)];
    }

    int bytesOfRun(int run) {
      return (int) Math.min(IDS_IN_RUN, pending - (long) run * IDS_IN_RUN) * ID_BYTES;
    }
  }

  private final Arena arena;
  private final long block;
  private final FrozenValue.Parts parts;
  private final LongConsumer keeping;
  private final IdTree live = new IdTree(PAYLOAD_BYTES);
  private final IdTree kept = new IdTree(PAYLOAD_BYTES);
  private final long keptDescriptor;
  private final byte[] name;
  private final long deliveredMs;
  private final long deliveredSequence;
  private final long entriesRead;
  private final long pending;
  private final Member[] members;
  private final Long2IntOpenHashMap numbers = new Long2IntOpenHashMap();
  private final long lastMs;
  private final long lastSequence;
  private long nextMs;
  private long nextSequence;
  private long left;
  private boolean headWritten;
  private int member;
  private int run = -1;

  /** Bytes of the group if it was removed from its stream and is kept here, else 0. */
  private long ownBytes;

  FrozenGroup(Arena arena, StreamGroup group, FrozenValue.Parts parts, LongConsumer keeping) {
    this.arena = arena;
    this.parts = parts;
    this.keeping = keeping;
    block = group.block();
    name = group.name(new Slice()).bytes();
    deliveredMs = group.lastMs();
    deliveredSequence = group.lastSequence();
    entriesRead = group.entriesRead();
    members = new Member[Math.toIntExact(group.consumerCount())];
    Slice slice = new Slice();
    numbers.defaultReturnValue(-1);
    int count = 0;
    for (long at = group.firstConsumer(); at != 0; at = group.nextConsumer()) {
      numbers.put(at, count);
      members[count++] = new Member(StreamConsumer.name(at, slice).bytes(), at);
    }
    keptDescriptor = arena.allocate(RecordTree.DESCRIPTOR_BYTES);
    RecordTree.create(keptDescriptor);
    kept.wrap(arena, keptDescriptor);
    group.wrapPending(live);
    pending = live.size();
    left = pending;
    boolean any = live.last();
    lastMs = any ? IdTree.first(live.record()) : 0;
    lastSequence = any ? IdTree.second(live.record()) : 0;
  }

  /** The block of the group, by which it is told. */
  long block() {
    return block;
  }

  /** Whether an entry of this id, if it is an old one, is still to be handed out. */
  private boolean concerns(long ms, long sequence) {
    return left > 0
        && IdTree.compare(ms, sequence, lastMs, lastSequence) <= 0
        && IdTree.compare(ms, sequence, nextMs, nextSequence) >= 0;
  }

  /**
   * An entry is about to change; one that belongs to nobody yet is new.
   *
   * @param record its record in the group's tree
   */
  void changing(long record) {
    long ms = IdTree.first(record);
    long sequence = IdTree.second(record);
    if (concerns(ms, sequence) && !kept.seek(ms, sequence)) {
      Memory.copy(record + CONSUMER, kept.insert(ms, sequence) + CONSUMER, PAYLOAD_BYTES);
      keeping.accept(PAYLOAD_BYTES);
    }
  }

  /** An entry is about to be removed. */
  void removing(long record) {
    long ms = IdTree.first(record);
    long sequence = IdTree.second(record);
    if (concerns(ms, sequence) && kept.seek(ms, sequence)) {
      if (consumer(kept.record()) == NEW) {
        forget();
      }
    } else {
      changing(record);
    }
  }

  /**
   * The group is removed from its stream.
   *
   * @return whether it is kept here; else it is the stream's to free
   */
  boolean takes(StreamGroup group) {
    if (left == 0) {
      return false;
    }
    ownBytes = group.bytes();
    keeping.accept(ownBytes);
    return true;
  }

  private static long consumer(long record) {
    return Memory.getLong(record + CONSUMER);
  }

  /** Removes the record where the tree of what is kept stands. */
  private void forget() {
    kept.remove();
    keeping.accept(-PAYLOAD_BYTES);
  }

  /** Hands out a bit more; returns whether there is more. */
  boolean next() {
    if (!headWritten) {
      headWritten = true;
      parts.group(name, deliveredMs, deliveredSequence, entriesRead, pending);
    } else if (left > 0) {
      for (int i = 0; i < ENTRIES_AT_ONCE && left > 0; i++) {
        nextEntry();
      }
    } else {
      nextOfConsumers();
    }
    return left > 0 || member < members.length || run < 0;
  }

  private void nextEntry() {
    boolean anyLive = live.seekOrAbove(nextMs, nextSequence);
    boolean anyKept = kept.seekOrAbove(nextMs, nextSequence);
    if (!anyLive && !anyKept) {
      throw new IllegalStateException(left + " pending entries of a group are missing");
    }
    boolean ofKept = anyKept && (!anyLive || compare(kept.record(), live.record()) <= 0);
    long record = ofKept ? kept.record() : live.record();
    if (consumer(record) != NEW) {
      handOut(record);
    }
    nextSequence = IdTree.second(record) + 1;
    nextMs = IdTree.first(record) + (nextSequence == 0 ? 1 : 0);
    if (ofKept) {
      forget();
    }
  }

  private static int compare(long one, long other) {
    return IdTree.compare(
        IdTree.first(one), IdTree.second(one), IdTree.first(other), IdTree.second(other));
  }

  private void handOut(long record) {
    left--;
    long ms = IdTree.first(record);
    long sequence = IdTree.second(record);
    parts.pending(ms, sequence, Memory.getLong(record + DELIVERED), Memory.getLong(record + COUNT));
    Member owner = members[numbers.get(consumer(record))];
    int at = (int) (owner.gathered / IDS_IN_RUN);
    if (owner.runs[at] == 0) {
      owner.runs[at] = Memory.allocate(owner.bytesOfRun(at));
      keeping.accept(owner.bytesOfRun(at));
    }
    long id = owner.runs[at] + owner.gathered++ % IDS_IN_RUN * ID_BYTES;
    Memory.putLong(id, ms);
    Memory.putLong(id + Long.BYTES, sequence);
  }

  /** Hands out how many consumers there are, or one of them, or some of its ids. */
  private void nextOfConsumers() {
    if (run < 0) {
      run = 0;
      parts.consumers(members.length);
      return;
    }
    Member one = members[member];
    if (run == 0) {
      parts.consumer(one.name, one.seenAtMs, one.activeAtMs, one.pending);
    } else {
      long ids = one.runs[run - 1];
      for (int at = 0; at < one.bytesOfRun(run - 1); at += ID_BYTES) {
        parts.pendingOfConsumer(Memory.getLong(ids + at), Memory.getLong(ids + at + Long.BYTES));
      }
      drop(one, run - 1);
    }
    if (++run > one.runs.length) {
      run = 0;
      member++;
    }
  }

  private void drop(Member one, int index) {
    Memory.free(one.runs[index]);
    one.runs[index] = 0;
    keeping.accept(-one.bytesOfRun(index));
  }

  /** Ends this and frees what is kept, about {@code budget} entries; whether nothing is left. */
  boolean release(int budget) {
    left = 0;
    for (int i = 0; i < budget && kept.last(); i++) {
      forget();
    }
    if (kept.size() > 0) {
      return false;
    }
    if (ownBytes > 0) {
      if (new StreamGroup(arena).wrap(arena, block).dispose(budget) == 0) {
        return false;
      }
      keeping.accept(-ownBytes);
      ownBytes = 0;
    }
    for (Member one : members) {
      for (int i = 0; i < one.runs.length; i++) {
        if (one.runs[i] != 0) {
          drop(one, i);
        }
      }
    }
    arena.free(keptDescriptor, RecordTree.DESCRIPTOR_BYTES);
    return true;
  }
}
