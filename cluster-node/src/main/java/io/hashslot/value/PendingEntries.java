package io.hashslot.value;

import io.hashslot.memory.Arena;
import io.hashslot.memory.Memory;
import io.hashslot.structure.IdTree;
import org.jspecify.annotations.Nullable;

/**
 * What a group has delivered and not seen acknowledged: for each id to whom, when, and how often.
 * Every id stands in two trees: the group's, with all of that in its records, and the consumer's,
 * which has ids only. A flyweight over the group's tree that keeps the consumers' in step; it
 * stands on one entry at a time, and a change leaves it nowhere unless it says otherwise.
 *
 * <pre>
 * record of the group's tree
 *   0  id                                                  16 bytes
 *  16  consumer                                             8 bytes
 *  24  when it was delivered, milliseconds since 1970       8 bytes
 *  32  how often                                            8 bytes
 * </pre>
 */
public final class PendingEntries {
  private static final int PAYLOAD_BYTES = 24;
  private static final int CONSUMER = IdTree.PAYLOAD;
  private static final int DELIVERED = CONSUMER + 8;
  private static final int COUNT = DELIVERED + 8;

  private final IdTree all = new IdTree(PAYLOAD_BYTES);
  private final IdTree own = StreamConsumer.pendingTree();
  private Arena arena = StreamValue.NOWHERE;

  /** Who has to hear of changes, if anybody. */
  private @Nullable FrozenGroup frozen;

  /** Whether the walk under way is one over the entries of a consumer. */
  private boolean ofConsumer;

  /** Moves the flyweight to the tree of a group. */
  void wrap(Arena newArena, long descriptor, @Nullable FrozenGroup by) {
    arena = newArena;
    frozen = by;
    all.wrap(arena, descriptor);
  }

  /** How many entries are pending in the group. */
  public long size() {
    return all.size();
  }

  // Position

  /** Goes to the first entry of the group; false if there is none. */
  public boolean first() {
    return all.first();
  }

  /** Goes to the last entry of the group; false if there is none. */
  public boolean last() {
    return all.last();
  }

  /** Goes to an entry; false if it is not pending. */
  public boolean seek(long ms, long sequence) {
    ofConsumer = false;
    return all.seek(ms, sequence);
  }

  /** Begins a walk over the group's entries at the first with this id or a greater one. */
  public boolean walkFrom(long ms, long sequence) {
    ofConsumer = false;
    return all.seekOrAbove(ms, sequence);
  }

  /** Begins a walk over a consumer's entries at the first with this id or a greater one. */
  public boolean walkFrom(long consumer, long ms, long sequence) {
    ofConsumer = true;
    own.wrap(arena, StreamConsumer.pending(consumer));
    return own.seekOrAbove(ms, sequence) && toSame();
  }

  /** Goes on with a walk; false at its end. */
  public boolean next() {
    return ofConsumer ? own.next() && toSame() : all.next();
  }

  /** Goes to the group's record of the id where the consumer's tree stands. */
  private boolean toSame() {
    long record = own.record();
    return all.seek(IdTree.first(record), IdTree.second(record));
  }

  // The entry

  /** The first part of the entry's id. */
  public long ms() {
    return IdTree.first(all.record());
  }

  /** The second part of the entry's id. */
  public long sequence() {
    return IdTree.second(all.record());
  }

  /** To whom it was delivered. */
  public long consumer() {
    return Memory.getLong(all.record() + CONSUMER);
  }

  /** When it was last delivered, milliseconds since 1970. */
  public long deliveredAtMs() {
    return Memory.getLong(all.record() + DELIVERED);
  }

  /** How often it was delivered. */
  public long deliveries() {
    return Memory.getLong(all.record() + COUNT);
  }

  // Changes

  /** Says when and how often the entry was delivered. */
  public void delivered(long atMs, long deliveries) {
    changing();
    putDelivery(atMs, deliveries);
  }

  private void changing() {
    if (frozen != null) {
      frozen.changing(all.record());
    }
  }

  private void putDelivery(long atMs, long deliveries) {
    Memory.putLong(all.record() + DELIVERED, atMs);
    Memory.putLong(all.record() + COUNT, deliveries);
  }

  /** Adds an entry that is not pending yet, and stands on it. */
  public void add(long ms, long sequence, long consumer, long atMs, long deliveries) {
    addUnowned(ms, sequence, atMs, deliveries);
    giveTo(consumer);
  }

  /**
   * Adds an entry that belongs to nobody until {@link #giveTo} is called (loading), and stands on
   * it.
   */
  public void addUnowned(long ms, long sequence, long atMs, long deliveries) {
    Memory.putLong(all.insert(ms, sequence) + CONSUMER, 0);
    putDelivery(atMs, deliveries);
  }

  /** Gives the entry to a consumer, taking it from the one who had it. Stays on it. */
  public void giveTo(long consumer) {
    long record = all.record();
    long before = Memory.getLong(record + CONSUMER);
    if (before == consumer) {
      return;
    }
    changing();
    long ms = IdTree.first(record);
    long sequence = IdTree.second(record);
    if (before != 0) {
      takeFrom(before, ms, sequence);
    }
    own.wrap(arena, StreamConsumer.pending(consumer));
    own.insert(ms, sequence);
    Memory.putLong(record + CONSUMER, consumer);
  }

  /** Removes the entry: it was acknowledged, or is no more. */
  public void remove() {
    long consumer = consumer();
    if (consumer != 0) {
      takeFrom(consumer, ms(), sequence());
    }
    removeHere();
  }

  /** Removes the record where the group's tree stands. */
  private void removeHere() {
    if (frozen != null) {
      frozen.removing(all.record());
    }
    all.remove();
  }

  private void takeFrom(long consumer, long ms, long sequence) {
    own.wrap(arena, StreamConsumer.pending(consumer));
    if (own.seek(ms, sequence)) {
      own.remove();
    }
  }

  /**
   * Removes entries of a consumer.
   *
   * @return how many, at most {@code budget}; fewer if no more are left
   */
  int removeOf(long consumer, int budget) {
    own.wrap(arena, StreamConsumer.pending(consumer));
    int removed = 0;
    while (removed < budget && own.last()) {
      if (toSame()) {
        removeHere();
      }
      own.remove();
      removed++;
    }
    return removed;
  }
}
