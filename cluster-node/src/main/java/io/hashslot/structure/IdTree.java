package io.hashslot.structure;

import io.hashslot.memory.Memory;

/**
 * An ordered tree of records with ids of 128 bits as keys: two unsigned numbers of 64 bits, of
 * which the first counts more. What a record has beside its id is the owner's.
 *
 * <pre>
 * record
 *   0  first number    8 bytes
 *   8  second number   8 bytes
 *  16  payload
 * </pre>
 */
public final class IdTree extends RecordTree {
  /** Where the payload of a record begins. */
  public static final int PAYLOAD = 16;

  private static final int SECOND = 8;

  private long soughtFirst;
  private long soughtSecond;

  /**
   * Makes a flyweight for trees with records of one size.
   *
   * @param payloadBytes bytes beside the id, a multiple of 8
   */
  public IdTree(int payloadBytes) {
    super(PAYLOAD, payloadBytes);
  }

  /** Compares two ids; negative if the first one is less. */
  public static int compare(long first, long second, long otherFirst, long otherSecond) {
    return first == otherFirst
        ? Long.compareUnsigned(second, otherSecond)
        : Long.compareUnsigned(first, otherFirst);
  }

  /** The first number of a record's id. */
  public static long first(long record) {
    return Memory.getLong(record);
  }

  /** The second number of a record's id. */
  public static long second(long record) {
    return Memory.getLong(record + SECOND);
  }

  /** Goes to the record with an id; false if there is none, then the flyweight stands nowhere. */
  public boolean seek(long first, long second) {
    sought(first, second);
    return seekSought();
  }

  /** Goes to the first record with this id or a greater one; false if there is none. */
  public boolean seekOrAbove(long first, long second) {
    sought(first, second);
    return seekSoughtOrAbove();
  }

  /** Goes to the last record with this id or a lesser one; false if there is none. */
  public boolean seekOrBelow(long first, long second) {
    sought(first, second);
    return seekSoughtOrBelow();
  }

  /**
   * Adds a record with an id that is not there yet and goes to it.
   *
   * @return the record; its payload is undefined
   */
  public long insert(long first, long second) {
    sought(first, second);
    return insertSought();
  }

  private void sought(long first, long second) {
    soughtFirst = first;
    soughtSecond = second;
  }

  @Override
  protected int compareSought(long key) {
    return compare(soughtFirst, soughtSecond, first(key), second(key));
  }

  @Override
  protected void writeSought(long key) {
    Memory.putLong(key, soughtFirst);
    Memory.putLong(key + SECOND, soughtSecond);
  }
}
