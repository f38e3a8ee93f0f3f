package io.hashslot.bus.core;

import java.util.random.RandomGenerator;

/**
 * The name of a node or of a shard: 40 characters, each {@code 0-9} or {@code a-z}. Order is byte
 * order, which decides epoch collisions and breaks ties between replicas.
 *
 * @param text the 40 characters
 */
public record NodeId(String text) implements Comparable<NodeId> {
  /** Length in characters and, on the wire, in bytes. */
  public static final int LENGTH = 40;

  /**
   * @throws IllegalArgumentException if {@code text} is not a valid name
   */
  public NodeId {
    if (!isValid(text)) throw new IllegalArgumentException("not a node id: " + text);
  }

  /** Whether {@code text} can be the name of a node. */
  public static boolean isValid(String text) {
    if (text.length() != LENGTH) return false;
    for (int i = 0; i < LENGTH; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'z')) return false;
    }
    return true;
  }

  /** Draws a fresh name of 40 lower-case hexadecimal digits. */
  public static NodeId random(RandomGenerator random) {
    var text = new StringBuilder(LENGTH);
    while (text.length() < LENGTH) text.append(Character.forDigit(random.nextInt(16), 16));
    return new NodeId(text.toString());
  }

  @Override
  public int compareTo(NodeId other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
