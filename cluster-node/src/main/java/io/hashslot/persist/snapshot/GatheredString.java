package io.hashslot.persist.snapshot;

import io.hashslot.memory.Memory;

/**
 * A long string that comes in parts, put together again. What stands before its bytes, their length
 * as a snapshot has it, is passed over. Belongs to the thread that writes.
 */
final class GatheredString implements AutoCloseable {
  /** The longest form of a length. */
  private static final int LENGTH_BYTES = 9;

  private final int length;
  private final long bytes;
  private final HeldBytes held;
  private final long memory;
  private long filled;

  /**
   * @param held counts the memory in use
   */
  GatheredString(int length, HeldBytes held) {
    this.length = length;
    this.held = held;
    bytes = length + (long) LENGTH_BYTES;
    memory = Memory.allocate(bytes);
    held.add(bytes);
  }

  /** Adds the next bytes. */
  void add(long from, int count) {
    if (filled + count > bytes) {
      throw new IllegalStateException("more than the string there was");
    }
    Memory.copy(from, memory + filled, count);
    filled += count;
  }

  /** Where the string begins; when all has come. */
  long address() {
    return memory + filled - length;
  }

  int length() {
    return length;
  }

  @Override
  public void close() {
    Memory.free(memory);
    held.add(-bytes);
  }
}
