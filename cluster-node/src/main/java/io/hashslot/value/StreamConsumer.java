package io.hashslot.value;

import io.hashslot.memory.Arena;
import io.hashslot.memory.Memory;
import io.hashslot.structure.IdTree;
import io.hashslot.structure.NameTree;
import io.hashslot.structure.RecordTree;
import io.hashslot.structure.Slice;

/**
 * The blocks of a group's consumers: what is known of each, and the ids of the entries that were
 * delivered to it and not acknowledged. A consumer is told by the address of its block, which stays
 * the same for as long as it lives.
 *
 * <pre>
 *   0  when it was last seen, milliseconds since 1970            8 bytes
 *   8  when it last got anything, milliseconds since 1970 or -1  8 bytes
 *  16  tree of the ids pending, without payload                 24 bytes
 *  40  length of the name                                        4 bytes
 *  44  name
 * </pre>
 */
public final class StreamConsumer {
  private static final int SEEN = 0;
  private static final int ACTIVE = 8;
  private static final int PENDING = 16;
  private static final int NAME = PENDING + RecordTree.DESCRIPTOR_BYTES;
  private static final int FIXED_BYTES = NAME + Integer.BYTES;

  /** In place of a time: the consumer never got anything. */
  public static final long NEVER = -1;

  private StreamConsumer() {}

  /** A flyweight for the trees that hold consumers. */
  static NameTree tree() {
    return new NameTree(NAME);
  }

  static long create(Arena arena, long name, int nameLength) {
    long consumer = arena.allocate(FIXED_BYTES + nameLength);
    Memory.putLong(consumer + SEEN, 0);
    Memory.putLong(consumer + ACTIVE, NEVER);
    RecordTree.create(consumer + PENDING);
    Memory.putInt(consumer + NAME, nameLength);
    Memory.copy(name, consumer + FIXED_BYTES, nameLength);
    return consumer;
  }

  /** Gives back the block of a consumer that has nothing pending. */
  static void free(Arena arena, long consumer) {
    arena.free(consumer, FIXED_BYTES + nameLength(consumer));
  }

  /** Arena bytes of a consumer. */
  static long bytes(long consumer) {
    return Arena.capacity(FIXED_BYTES + nameLength(consumer))
        + RecordTree.bytes(consumer + PENDING);
  }

  /** Where the tree of the ids pending is. */
  static long pending(long consumer) {
    return consumer + PENDING;
  }

  /** Shows the name of a consumer. */
  public static Slice name(long consumer, Slice slice) {
    return slice.wrap(nameAddress(consumer), nameLength(consumer));
  }

  /** Where the name of a consumer begins. */
  public static long nameAddress(long consumer) {
    return consumer + FIXED_BYTES;
  }

  /** How many bytes the name of a consumer has. */
  public static int nameLength(long consumer) {
    return Memory.getInt(consumer + NAME);
  }

  /** How many entries were delivered to a consumer and not acknowledged. */
  public static long pendingCount(long consumer) {
    return RecordTree.size(consumer + PENDING);
  }

  /** When a consumer last tried to do anything, milliseconds since 1970. */
  public static long seenAtMs(long consumer) {
    return Memory.getLong(consumer + SEEN);
  }

  /** Sets when a consumer last tried to do anything. */
  public static void seenAtMs(long consumer, long atMs) {
    Memory.putLong(consumer + SEEN, atMs);
  }

  /** When a consumer last got an entry, milliseconds since 1970, or {@link #NEVER}. */
  public static long activeAtMs(long consumer) {
    return Memory.getLong(consumer + ACTIVE);
  }

  /** Sets when a consumer last got an entry. */
  public static void activeAtMs(long consumer, long atMs) {
    Memory.putLong(consumer + ACTIVE, atMs);
  }

  /** A flyweight for {@link #pending}. */
  static IdTree pendingTree() {
    return new IdTree(0);
  }
}
