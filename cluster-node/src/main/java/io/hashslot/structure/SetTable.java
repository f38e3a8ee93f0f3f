package io.hashslot.structure;

import io.hashslot.memory.Arena;
import io.hashslot.memory.Memory;

/**
 * The full form of a set: a {@link ScanTable} of members. Numbers and short texts stand in the
 * words of the index itself, so that they take no memory of their own and comparing them touches
 * none; others have a {@link MemberBlock}. The low four bits of an element tell, since blocks are
 * aligned to 16 bytes:
 *
 * <pre>
 *   0        address of a block
 *   1        a number of 44 bits, signed, in the bits above
 *   2 to 7   text of 0 to 5 bytes, in the five bytes from bit 8 on
 * </pre>
 *
 * <p>Each member has one form only, so two elements that are not blocks are the same member if and
 * only if they are equal.
 *
 * <p>The set is told by its root, 16 bytes that its owner keeps: the address of the table's
 * descriptor, and the arena bytes of all blocks. A flyweight: {@link #wrap(Arena, long, long)}
 * moves it to any set.
 */
public final class SetTable extends ElementTable {
  /** Bytes of the root. */
  public static final int ROOT_BYTES = 16;

  private static final int BLOCK_BYTES = 8;
  private static final int FORM = 0xF;
  private static final int NUMBER = 1;
  private static final int EMPTY_TEXT = 2;
  private static final int LONGEST_INLINE = 5;
  private static final int NUMBER_SHIFT = 4;
  private static final int NUMBER_BITS = 44;
  private static final long ELEMENT = (1L << 48) - 1;

  private long root;
  private int freed;

  /** A flyweight that stands on no set yet. */
  public SetTable(Arena arena) {
    super(arena);
  }

  /** Makes an empty set with room for some members: a root of {@link #ROOT_BYTES} bytes. */
  public static void create(Arena arena, long root, long members) {
    Memory.putLong(root, ScanTable.createFor(members, arena));
    Memory.putLong(root + BLOCK_BYTES, 0);
  }

  /** Moves a root to other memory. */
  public static void moveRoot(long from, long to) {
    Memory.copy(from, to, ROOT_BYTES);
  }

  /** How many members the set of a root has. */
  public static long count(long root) {
    return ScanTable.size(Memory.getLong(root));
  }

  /**
   * Moves the flyweight to a set.
   *
   * @param hashSeed the key of the hashes: always the same one for the same set
   * @param newRoot where its root is, until it is moved again
   */
  public SetTable wrap(Arena newArena, long hashSeed, long newRoot) {
    root = newRoot;
    stand(newArena, hashSeed, Memory.getLong(newRoot));
    return this;
  }

  /** The hash that the table of a set keeps a member under. */
  public static long hash(long hashSeed, SetMember member) {
    return hash(hashSeed, member, inline(member));
  }

  /** Whether an element stands for itself: there is no memory it could be the address of. */
  public static boolean standsInIndex(long element) {
    return (element & FORM) != 0;
  }

  /** A flyweight of its own over the table of a set, wherever its root is: only to look at it. */
  public static SetTable looking(Arena arena, long hashSeed, long descriptor) {
    SetTable table = new SetTable(arena);
    table.stand(arena, hashSeed, descriptor);
    return table;
  }

  /** Whether a member is there. */
  public boolean contains(SetMember member) {
    return find(member, inline(member)) != 0;
  }

  /** Adds a member; false if it is there already. */
  public boolean add(SetMember member) {
    long element = inline(member);
    if (find(member, element) != 0) {
      return false;
    }
    put(member, element, lastHash);
    return true;
  }

  /** Adds a member that is known not to be there. */
  public void addNew(SetMember member) {
    long inline = inline(member);
    put(member, inline, hash(seed, member, inline));
  }

  /** Removes a member; false if it is not there. */
  public boolean remove(SetMember member) {
    long element = find(member, inline(member));
    if (element == 0) {
      return false;
    }
    changing(lastHash);
    remove();
    free(element);
    return true;
  }

  /** Points a member at an element, as visitors and samples get them. */
  public static SetMember show(long element, SetMember member) {
    int form = (int) element & FORM;
    if (form == 0) {
      return member.wrap(MemberBlock.address(element), MemberBlock.length(element));
    }
    if (form == NUMBER) {
      return member.wrapLong(
          element << Long.SIZE - NUMBER_BITS - NUMBER_SHIFT >> Long.SIZE - NUMBER_BITS);
    }
    return member.wrapText(element >>> Byte.SIZE, form - EMPTY_TEXT);
  }

  /** Arena bytes of the set, its root apart. */
  public long ownedBytes() {
    return bytes() + Memory.getLong(root + BLOCK_BYTES);
  }

  /** Adds copies of all members to an empty set. */
  public void copyTo(SetTable target) {
    SetMember member = new SetMember();
    Visitor adder = element -> target.addNew(show(element, member));
    long cursor = 0;
    do {
      cursor = scan(cursor, adder);
    } while (cursor != 0);
  }

  /**
   * Frees about {@code budget} members with all that belongs to them. The set can no longer be used
   * for anything else.
   *
   * @return whether nothing is left
   */
  public boolean dispose(int budget) {
    freed = 0;
    while (drain(this::free)) {
      if (freed >= budget) {
        return false;
      }
    }
    return true;
  }

  @Override
  protected long hashOf(long element) {
    return (element & FORM) == 0
        ? SeededHash.hash(seed, MemberBlock.address(element), MemberBlock.length(element))
        : SeededHash.hash(seed, element);
  }

  private static long hash(long seed, SetMember member, long inline) {
    return inline != 0
        ? SeededHash.hash(seed, inline)
        : SeededHash.hash(seed, member.address(), member.length());
  }

  private long find(SetMember member, long inline) {
    lastHash = hash(seed, member, inline);
    long element = seek(lastHash);
    if (inline != 0) {
      while (element != 0 && element != inline) {
        element = next();
      }
      return element;
    }
    while (element != 0 && !isBlockOf(element, member)) {
      element = next();
    }
    return element;
  }

  private static boolean isBlockOf(long element, SetMember member) {
    return isBlockOf(element, member.address(), member.length());
  }

  private static boolean isBlockOf(long element, long address, int length) {
    return (element & FORM) == 0
        && MemberBlock.length(element) == length
        && Memory.equal(MemberBlock.address(element), address, length);
  }

  @Override
  boolean isSame(long element, long other) {
    return element == other
        || !standsInIndex(element)
            && isBlockOf(other, MemberBlock.address(element), MemberBlock.length(element));
  }

  private void put(SetMember member, long inline, long hash) {
    changing(hash);
    insert(hash, make(member, inline));
  }

  /** Makes the element of a member, which is not in the table yet. */
  long make(SetMember member) {
    return make(member, inline(member));
  }

  private long make(SetMember member, long inline) {
    if (inline != 0) {
      return inline;
    }
    long bytes = MemberBlock.bytes(member.length());
    long block = arena.allocate(bytes);
    MemberBlock.write(block, member.address(), member.length());
    countBlock(Arena.capacity(bytes));
    return block;
  }

  /** Frees an element that is not in the table. */
  void free(long element) {
    freed++;
    if ((element & FORM) == 0) {
      long bytes = MemberBlock.bytes(element);
      countBlock(-Arena.capacity(bytes));
      arena.free(element, bytes);
    }
  }

  private void countBlock(long bytes) {
    Memory.putLong(root + BLOCK_BYTES, Memory.getLong(root + BLOCK_BYTES) + bytes);
  }

  /** The element of a member that needs no block, or 0. */
  private static long inline(SetMember member) {
    if (member.isLong()) {
      long number = member.longValue();
      long spare = Long.SIZE - NUMBER_BITS;
      return number << spare >> spare == number ? (number << NUMBER_SHIFT | NUMBER) & ELEMENT : 0;
    }
    int length = member.length();
    if (length > LONGEST_INLINE) {
      return 0;
    }
    long element = EMPTY_TEXT + length;
    for (int i = 0; i < length; i++) {
      element |= (long) Memory.getUnsignedByte(member.address() + i) << (i + 1) * Byte.SIZE;
    }
    return element;
  }
}
