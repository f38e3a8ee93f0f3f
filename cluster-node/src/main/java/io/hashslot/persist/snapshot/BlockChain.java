package io.hashslot.persist.snapshot;

import io.hashslot.memory.Memory;
import io.hashslot.resp.Output;
import java.io.IOException;
import java.util.ArrayDeque;

/**
 * An output that never moves what was written: it goes on in another block when one is full. What
 * is reserved at once stands in one block. Not synchronised.
 */
final class BlockChain extends Output {
  private static final int FIRST_BYTES = 2 * 1024;
  private static final int MOST_BYTES = 256 * 1024;

  /** Bytes written, in native memory. */
  record Block(long address, int length, int capacity) {}

  /** Takes blocks, each of which is freed afterwards. */
  interface Visitor {
    void block(Block block) throws IOException;
  }

  private final HeldBytes held;
  private final ArrayDeque<Block> full = new ArrayDeque<>();
  private int next = FIRST_BYTES;

  /** An output whose memory is counted somewhere. */
  BlockChain(HeldBytes held) {
    this.held = held;
  }

  @Override
  protected void grow(int more) {
    seal();
    capacity = Math.max(next, more);
    address = Memory.allocate(capacity);
    held.add(capacity);
    next = Math.min(MOST_BYTES, next * 4);
  }

  private void seal() {
    if (capacity > 0) {
      full.add(new Block(address, position(), capacity));
      capacity = 0;
      position(0);
    }
  }

  /** Moves everything written so far to the end of another chain. */
  void moveTo(BlockChain other) {
    seal();
    other.seal();
    other.full.addAll(full);
    full.clear();
    next = FIRST_BYTES;
  }

  /** Shows all blocks and forgets them, freeing each on the way, whatever happens. */
  void drain(Visitor visitor) throws IOException {
    seal();
    try {
      while (!full.isEmpty()) {
        visitor.block(full.getFirst());
        freeFirst();
      }
    } finally {
      clear();
    }
  }

  /** Forgets everything. */
  void clear() {
    seal();
    while (!full.isEmpty()) {
      freeFirst();
    }
    next = FIRST_BYTES;
  }

  private void freeFirst() {
    Block first = full.removeFirst();
    Memory.free(first.address);
    held.add(-first.capacity);
  }
}
