package io.hashslot.value;

import io.hashslot.memory.Arena;
import io.hashslot.memory.Memory;
import io.hashslot.structure.IdTree;
import io.hashslot.structure.NameTree;
import io.hashslot.structure.RecordTree;
import io.hashslot.structure.Slice;
import org.jspecify.annotations.Nullable;

/**
 * A group of consumers of a stream: how far it has read, who its consumers are, and what they have
 * not acknowledged. A flyweight over the group's block, whose address stays the same for as long as
 * the group lives.
 *
 * <pre>
 *   0  id last delivered                                16 bytes
 *  16  how many entries were read, or -1 for unknown     8 bytes
 *  24  tree of pending entries                          24 bytes
 *  48  tree of consumers                                24 bytes
 *  72  length of the name                                4 bytes
 *  76  name
 * </pre>
 */
public final class StreamGroup {
  /** In place of a number of entries: nobody can tell. */
  public static final long UNKNOWN = -1;

  private static final int LAST_MS = 0;
  private static final int LAST_SEQUENCE = 8;
  private static final int ENTRIES_READ = 16;
  private static final int PENDING = 24;
  private static final int CONSUMERS = PENDING + RecordTree.DESCRIPTOR_BYTES;
  private static final int NAME = CONSUMERS + RecordTree.DESCRIPTOR_BYTES;
  private static final int FIXED_BYTES = NAME + Integer.BYTES;

  private final NameTree consumers = StreamConsumer.tree();
  private final PendingEntries pending = new PendingEntries();
  private Arena arena;
  private long at;

  StreamGroup(Arena arena) {
    this.arena = arena;
  }

  /** A flyweight for the trees that hold groups. */
  static NameTree tree() {
    return new NameTree(NAME);
  }

  static long create(Arena arena, long name, int nameLength) {
    long group = arena.allocate(FIXED_BYTES + nameLength);
    Memory.fill(group, FIXED_BYTES, 0);
    Memory.putInt(group + NAME, nameLength);
    Memory.copy(name, group + FIXED_BYTES, nameLength);
    return group;
  }

  /** Moves the flyweight to the block of a group. */
  StreamGroup wrap(Arena newArena, long group) {
    return wrap(newArena, group, null);
  }

  /** Moves the flyweight likewise; somebody may have to hear of changes of what is pending. */
  StreamGroup wrap(Arena newArena, long group, @Nullable FrozenGroup frozen) {
    arena = newArena;
    at = group;
    consumers.wrap(arena, at + CONSUMERS);
    pending.wrap(arena, at + PENDING, frozen);
    return this;
  }

  /** Where the block of the group is. */
  long block() {
    return at;
  }

  /** Stands a tree of the caller's on what is pending. */
  void wrapPending(IdTree tree) {
    tree.wrap(arena, at + PENDING);
  }

  /** Shows the group's name. */
  public Slice name(Slice slice) {
    return slice.wrap(nameAddress(), nameLength());
  }

  /** Where the group's name begins. */
  public long nameAddress() {
    return at + FIXED_BYTES;
  }

  /** How many bytes the group's name has. */
  public int nameLength() {
    return Memory.getInt(at + NAME);
  }

  /** The first part of the id that was last delivered to anybody. */
  public long lastMs() {
    return Memory.getLong(at + LAST_MS);
  }

  /** The second part of the id that was last delivered to anybody. */
  public long lastSequence() {
    return Memory.getLong(at + LAST_SEQUENCE);
  }

  /** Sets the id that was last delivered to anybody. */
  public void last(long ms, long sequence) {
    Memory.putLong(at + LAST_MS, ms);
    Memory.putLong(at + LAST_SEQUENCE, sequence);
  }

  /** How many entries of the stream the group has read or passed over, or {@link #UNKNOWN}. */
  public long entriesRead() {
    return Memory.getLong(at + ENTRIES_READ);
  }

  /** Sets how many entries of the stream the group has read or passed over. */
  public void entriesRead(long entries) {
    Memory.putLong(at + ENTRIES_READ, entries);
  }

  /** What is pending. */
  public PendingEntries pending() {
    return pending;
  }

  // Consumers

  /** How many consumers the group has. */
  public long consumerCount() {
    return consumers.size();
  }

  /** The consumer of a name, or 0. */
  public long consumer(long name, int nameLength) {
    return consumers.seek(name, nameLength) ? consumers.block() : 0;
  }

  /** Adds a consumer whose name is not there yet, and returns it. */
  public long addConsumer(long name, int nameLength, long seenAtMs) {
    long consumer = StreamConsumer.create(arena, name, nameLength);
    StreamConsumer.seenAtMs(consumer, seenAtMs);
    consumers.insert(consumer);
    return consumer;
  }

  /** Removes a consumer with all that it has pending. */
  public void removeConsumer(long consumer) {
    pending.removeOf(consumer, Integer.MAX_VALUE);
    if (consumers.seek(StreamConsumer.nameAddress(consumer), StreamConsumer.nameLength(consumer))) {
      consumers.remove();
    }
    StreamConsumer.free(arena, consumer);
  }

  /** The first consumer in the order of names, or 0. */
  public long firstConsumer() {
    return consumers.first() ? consumers.block() : 0;
  }

  /** The consumer after the one last returned, or 0. */
  public long nextConsumer() {
    return consumers.next() ? consumers.block() : 0;
  }

  // The group as a whole

  /** Adds to an empty group all that another one has; this may be in another arena. */
  void copyFrom(StreamGroup other) {
    last(other.lastMs(), other.lastSequence());
    entriesRead(other.entriesRead());
    for (long from = other.firstConsumer(); from != 0; from = other.nextConsumer()) {
      long to =
          addConsumer(
              StreamConsumer.nameAddress(from),
              StreamConsumer.nameLength(from),
              StreamConsumer.seenAtMs(from));
      StreamConsumer.activeAtMs(to, StreamConsumer.activeAtMs(from));
    }
    PendingEntries theirs = other.pending;
    for (boolean more = theirs.walkFrom(0, 0); more; more = theirs.next()) {
      long owner = theirs.consumer();
      long own = consumer(StreamConsumer.nameAddress(owner), StreamConsumer.nameLength(owner));
      pending.add(theirs.ms(), theirs.sequence(), own, theirs.deliveredAtMs(), theirs.deliveries());
    }
  }

  /**
   * Frees what the group has, and the group when nothing is left.
   *
   * @return what is left of the budget; 0 unless the group is gone
   */
  int dispose(int budget) {
    int left = budget;
    while (left > 0 && consumers.last()) {
      long consumer = consumers.block();
      int removed = pending.removeOf(consumer, left);
      left -= removed + 1;
      if (left >= 0) {
        consumers.remove();
        StreamConsumer.free(arena, consumer);
      }
    }
    while (left > 0 && pending.last()) {
      pending.remove();
      left--;
    }
    if (left <= 0) {
      return 0;
    }
    arena.free(at, FIXED_BYTES + nameLength());
    return left;
  }

  /** Arena bytes of the group. */
  long bytes() {
    long bytes = Arena.capacity(FIXED_BYTES + nameLength()) + RecordTree.bytes(at + PENDING);
    bytes += RecordTree.bytes(at + CONSUMERS);
    for (long consumer = firstConsumer(); consumer != 0; consumer = nextConsumer()) {
      bytes += StreamConsumer.bytes(consumer);
    }
    return bytes;
  }
}
