package io.hashslot.memory;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * An arena that catches those who use it wrongly: guard bytes on both sides of each block, fresh
 * blocks full of junk, freed ones poisoned and kept for a while to see whether somebody still
 * writes to them, sizes and double frees checked, and leaks told by who took the block. For tests;
 * several times slower and larger than a plain one.
 */
public final class CheckingArena extends Arena {
  private static final int GUARD_BYTES = 16;
  private static final long GUARD = 0xA5A5_A5A5_5A5A_5A5AL;
  private static final byte JUNK = (byte) 0xCB;
  private static final long POISON = 0xDEDE_DEDE_DEDE_DEDEL;
  private static final int QUARANTINE = 256;

  private static final StackWalker STACK = StackWalker.getInstance();

  private record Block(long address, long capacity, String owner) {}

  private final Map<Long, Block> taken = new HashMap<>();
  private final Map<Long, Block> freed = new HashMap<>();
  private final ArrayDeque<Block> quarantine = new ArrayDeque<>();
  private long checkedBytes;

  /** A new, empty arena. */
  public CheckingArena() {}

  @Override
  public long allocate(long size) {
    if (size < 1) {
      throw new AssertionError("block of " + size + " bytes");
    }
    long capacity = capacity(size);
    long guarded = super.allocate(capacity + 2 * GUARD_BYTES);
    long address = guarded + GUARD_BYTES;
    Memory.fill(address, capacity, JUNK);
    putGuard(guarded);
    putGuard(address + capacity);
    freed.remove(address);
    taken.put(address, new Block(address, capacity, owner()));
    checkedBytes += capacity;
    return address;
  }

  @Override
  public void free(long address, long size) {
    Block block = taken.remove(address);
    if (block == null) {
      Block before = freed.get(address);
      throw new AssertionError(
          before == null
              ? "free of what was never taken"
              : "double free of a block of "
                  + before.capacity
                  + " bytes, taken by "
                  + before.owner);
    }
    if (capacity(size) != block.capacity) {
      throw new AssertionError(
          "block of "
              + block.capacity
              + " bytes freed with size "
              + size
              + ", taken by "
              + block.owner);
    }
    checkGuards(block);
    checkedBytes -= block.capacity;
    Memory.fill(address, block.capacity, (int) POISON);
    freed.put(address, block);
    quarantine.add(block);
    if (quarantine.size() > QUARANTINE) {
      release(quarantine.remove());
    }
  }

  @Override
  public long resize(long address, long size, long newSize) {
    return move(address, size, newSize);
  }

  @Override
  public long usedBytes() {
    return checkedBytes;
  }

  /** Checks everything that can be checked now, and that no block is left. */
  @Override
  public void close() {
    check();
    if (!taken.isEmpty()) {
      Map<String, Integer> owners = new TreeMap<>();
      taken.values().forEach(block -> owners.merge(block.owner, 1, Integer::sum));
      throw new AssertionError(taken.size() + " blocks leaked, by owner: " + owners);
    }
    while (!quarantine.isEmpty()) {
      release(quarantine.remove());
    }
    super.close();
  }

  /** Checks the guards of all blocks taken and the poison of those freed lately. */
  public void check() {
    taken.values().forEach(CheckingArena::checkGuards);
    quarantine.forEach(CheckingArena::checkPoison);
  }

  private void release(Block block) {
    checkPoison(block);
    freed.remove(block.address);
    super.free(block.address - GUARD_BYTES, block.capacity + 2 * GUARD_BYTES);
  }

  private static void putGuard(long address) {
    Memory.putLong(address, GUARD);
    Memory.putLong(address + 8, ~GUARD);
  }

  private static boolean isGuard(long address) {
    return Memory.getLong(address) == GUARD && Memory.getLong(address + 8) == ~GUARD;
  }

  private static void checkGuards(Block block) {
    if (!isGuard(block.address - GUARD_BYTES)) {
      throw new AssertionError(
          "somebody wrote before a block of " + block.capacity + " bytes taken by " + block.owner);
    }
    if (!isGuard(block.address + block.capacity)) {
      throw new AssertionError(
          "somebody wrote behind a block of " + block.capacity + " bytes taken by " + block.owner);
    }
  }

  private static void checkPoison(Block block) {
    for (long i = 0; i < block.capacity; i += 8) {
      if (Memory.getLong(block.address + i) != POISON) {
        throw new AssertionError(
            "somebody wrote into a freed block of "
                + block.capacity
                + " bytes taken by "
                + block.owner);
      }
    }
  }

  private static String owner() {
    return STACK.walk(
        frames ->
            frames
                .filter(frame -> !frame.getClassName().startsWith("io.hashslot.memory."))
                .findFirst()
                .map(
                    frame ->
                        frame.getClassName()
                            + "."
                            + frame.getMethodName()
                            + ":"
                            + frame.getLineNumber())
                .orElse("unknown"));
  }
}
