package io.hashslot.command;

import java.util.Arrays;

/** Which arguments of a request are keys. Reused from request to request. */
public final class KeyPositions {
  private int[] arguments = new int[8];
  private KeySpec[] specs = new KeySpec[8];
  private int count;

  /** Forgets all positions. */
  public void clear() {
    count = 0;
  }

  /** Adds the argument at an index, which a specification found. */
  public void add(int argument, KeySpec spec) {
    if (count == arguments.length) {
      arguments = Arrays.copyOf(arguments, count * 2);
      specs = Arrays.copyOf(specs, count * 2);
    }
    arguments[count] = argument;
    specs[count++] = spec;
  }

  /** Returns the number of keys. */
  public int count() {
    return count;
  }

  /** Returns the argument index of the key at {@code i}. */
  public int argument(int i) {
    return arguments[i];
  }

  /** Returns the specification that found the key at {@code i}. */
  public KeySpec spec(int i) {
    return specs[i];
  }
}
