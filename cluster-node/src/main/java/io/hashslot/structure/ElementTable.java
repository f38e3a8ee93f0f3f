package io.hashslot.structure;

import io.hashslot.memory.Arena;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ScanTable} of the elements of one collection. What somebody has frozen of it hears of
 * each element that is about to change, come or go.
 */
public abstract sealed class ElementTable extends ScanTable permits MemberTable, SetTable {
  /** The key of the hashes. */
  long seed;

  /** Hash of what was last looked for. */
  long lastHash;

  private @Nullable FrozenTable frozen;

  ElementTable(Arena arena) {
    super(arena);
  }

  /** Moves the flyweight to a table, of which nothing is frozen as far as it knows. */
  final void stand(Arena newArena, long hashSeed, long descriptor) {
    seed = hashSeed;
    frozen = null;
    wrap(newArena, descriptor);
  }

  /** Whether two elements are of the same member. */
  abstract boolean isSame(long element, long other);

  /** Adds an element with its hash; false if there is one of the same member. */
  final boolean insertIfNew(long element, long hash) {
    for (long other = seek(hash); other != 0; other = next()) {
      if (isSame(element, other)) {
        return false;
      }
    }
    changing(hash);
    insert(hash, element);
    return true;
  }

  /** Says who is to hear of changes, if anybody, until the flyweight is moved. */
  public final void tell(@Nullable FrozenTable who) {
    frozen = who;
  }

  /** Whether anybody is to hear of changes. */
  final boolean isFrozen() {
    return frozen != null;
  }

  /** An element with a hash is about to change, to come or to go. */
  final void changing(long hash) {
    FrozenTable hears = frozen;
    if (hears != null) {
      hears.changing(hash);
    }
  }
}
