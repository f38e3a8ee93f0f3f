package io.hashslot.value;

import io.hashslot.memory.Arena;

/** A set. */
public final class SetValue extends CollectionValue {
  @Override
  public Kind kind() {
    return Kind.SET;
  }

  @Override
  public String encodingName() {
    return "intset";
  }

  @Override
  public void init() {
    throw new UnsupportedOperationException();
  }

  @Override
  public long size() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void copyTo(CollectionValue target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long ownedBytes() {
    throw new UnsupportedOperationException();
  }

  /** Frees what a value of this kind owns; see {@link CollectionValue#dispose}. */
  static boolean dispose(Arena arena, int encoding, long root, int budget) {
    return true;
  }
}
