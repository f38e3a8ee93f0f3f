package io.hashslot.value;

import io.hashslot.memory.Arena;
import io.hashslot.structure.Room;
import org.jspecify.annotations.Nullable;

/**
 * Where the root of a collection stands: its compact form as a whole, or a small record with the
 * addresses of its full form. The cell knows the surroundings that a value needs when it changes.
 *
 * <p>A record of a full form has at most {@value #MOST_ROOT_BYTES} bytes and may be moved as plain
 * memory at any time: nothing may point into it. It begins with the address of a block that stays
 * where it is for as long as the value is in full form.
 */
public interface Cell extends Room {
  /** Longest record of a full form, in bytes. */
  int MOST_ROOT_BYTES = 64;

  /** The arena of the value's blocks. */
  Arena arena();

  /** The number of the value's encoding, 0 to 15; each kind has its own. */
  int encoding();

  /** Sets the number of the value's encoding, 0 to 15. */
  void encoding(int number);

  /** The key of hashes of members: the same in all cells of a keyspace. */
  long hashSeed();

  /**
   * What was frozen of the value at a moment and has not been handed out completely: to be told of
   * changes. To be asked in full form only.
   */
  default @Nullable FrozenValue frozen() {
    return null;
  }

  /** Where compact forms end. */
  EncodingLimits limits();
}
