package io.hashslot.value;

import io.hashslot.memory.Arena;
import io.hashslot.memory.Memory;
import io.hashslot.structure.FrozenTable;
import io.hashslot.structure.SeededHash;
import io.hashslot.structure.SetMember;
import io.hashslot.structure.SetTable;
import org.jspecify.annotations.Nullable;

/**
 * A value with elements: a flyweight over its {@link Cell}. Small ones are in compact form: the
 * cell's bytes are the very bytes of RDB and DUMP. Larger ones are in full form: the cell holds a
 * record with the addresses of structures in the arena.
 */
public abstract sealed class CollectionValue implements Value
    permits ListValue, SetValue, SortedSetValue, HashValue, StreamValue {
  private @Nullable Cell cell;

  /** Moves this flyweight over a value. */
  public final void wrap(Cell newCell) {
    cell = newCell;
    wrapped();
  }

  /** The cell it stands on. */
  public final Cell cell() {
    Cell at = cell;
    if (at == null) {
      throw new IllegalStateException("a flyweight that stands on no value");
    }
    return at;
  }

  /** Hears that the flyweight has moved: what it remembers of the last value is void. */
  protected void wrapped() {}

  /** Makes the empty compact form in a cell of length 0. */
  public abstract void init();

  /** How many elements there are (pairs count once). */
  public abstract long size();

  /** Whether there are no elements. Such values are deleted with their key, streams apart. */
  public final boolean isEmpty() {
    return size() == 0;
  }

  /**
   * Adds all elements, in order, to an empty value of the same kind, which may be in another arena,
   * and gives it the same encoding.
   */
  public abstract void copyTo(CollectionValue target);

  /** Bytes that the value takes in the arena beside its cell; may be estimated from samples. */
  public abstract long ownedBytes();

  /** Whether an encoding is the full form of a kind. */
  static boolean isFull(Kind kind, int encoding) {
    return switch (kind) {
      case STRING -> false;
      case LIST -> ListValue.isFull(encoding);
      case SET -> SetEncoding.of(encoding) == SetEncoding.HASHTABLE;
      case SORTED_SET -> SortedSetValue.isFull(encoding);
      case HASH -> HashValue.isFull(encoding);
      case STREAM -> true;
    };
  }

  /**
   * What a value in full form is told by, wherever its cell is: the address of a block that is
   * there for as long as the value has this form. 0 in compact form.
   *
   * @param root the bytes of its cell
   */
  public static long handle(Kind kind, int encoding, long root) {
    return isFull(kind, encoding) ? Memory.getLong(root) : 0;
  }

  /** Who has to hear of changes of the table of this value, which is in full form, if anybody. */
  protected final @Nullable FrozenTable frozenTable() {
    return cell().frozen() instanceof FrozenElements elements ? elements.table() : null;
  }

  /**
   * The descriptor of the {@link io.hashslot.structure.ScanTable} in which a value keeps its
   * members or fields, under the hashes of {@link #memberHash}; 0 if it keeps them in no table.
   *
   * @param root the bytes of its cell
   */
  public static long table(Kind kind, int encoding, long root) {
    return switch (kind) {
      case STRING, LIST, STREAM -> 0;
      case SET -> SetValue.table(encoding, root);
      case SORTED_SET -> SortedSetValue.table(encoding, root);
      case HASH -> HashValue.table(encoding, root);
    };
  }

  /**
   * The record of the {@link io.hashslot.structure.ChunkList} that a value is; 0 if it is none.
   *
   * @param root the bytes of its cell
   */
  public static long chunks(Kind kind, int encoding, long root) {
    return kind == Kind.LIST ? ListValue.chunks(encoding, root) : 0;
  }

  /** The hash of a member or field in the {@link #table} of a value whose cell has this seed. */
  public static long memberHash(Kind kind, long hashSeed, SetMember member) {
    return kind == Kind.SET
        ? SetTable.hash(hashSeed, member)
        : SeededHash.hash(hashSeed, member.address(), member.length());
  }

  /**
   * Frees what a value owns beside its cell, a part at a time. The value can no longer be used.
   *
   * @param root the bytes of its cell, which may have been moved
   * @param budget about how many elements to free
   * @return whether nothing is left
   */
  public static boolean dispose(Arena arena, Kind kind, int encoding, long root, int budget) {
    return switch (kind) {
      case STRING -> true;
      case LIST -> ListValue.dispose(arena, encoding, root, budget);
      case SET -> SetValue.dispose(arena, encoding, root, budget);
      case SORTED_SET -> SortedSetValue.dispose(arena, encoding, root, budget);
      case HASH -> HashValue.dispose(arena, encoding, root, budget);
      case STREAM -> StreamValue.dispose(arena, encoding, root, budget);
    };
  }
}
