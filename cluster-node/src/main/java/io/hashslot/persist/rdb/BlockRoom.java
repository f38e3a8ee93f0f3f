package io.hashslot.persist.rdb;

import io.hashslot.structure.Room;

/** A block as the room of a listpack that is made of something older. */
final class BlockRoom implements Room {
  private final NativeBlock block;

  BlockRoom(NativeBlock block) {
    this.block = block;
  }

  @Override
  public long address() {
    return block.address();
  }

  @Override
  public int length() {
    return block.length;
  }

  @Override
  public long resize(int length) {
    if (length > block.capacity()) {
      block.ensure((int) Math.min(Integer.MAX_VALUE, Math.max(length, 2L * block.capacity())));
    }
    block.length = length;
    return block.address();
  }
}
