package io.hashslot.bus.wire;

import java.nio.ByteOrder;
import java.util.random.RandomGenerator;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The name of a node for life: 40 characters, each {@code 0-9} or {@code a-z}. Nodes make them of
 * 160 random bits in hexadecimal, but what a peer calls itself need only be of this form. Ordered
 * by bytes, which decides between nodes with the same epoch.
 *
 * @param text the 40 characters
 */
public record NodeId(String text) implements Comparable<NodeId> {
  /** Length on the wire, without a terminator. */
  public static final int LENGTH = 40;

  private static final String HEX_DIGITS = "0123456789abcdef";

  /**
   * @throws IllegalArgumentException if the text has not the form of an id
   */
  public NodeId {
    if (!isValid(text)) {
      throw new IllegalArgumentException("no node id: '" + text + "'");
    }
  }

  /** A new name of 160 random bits. */
  public static NodeId random(RandomGenerator random) {
    return new NodeId(randomText(random));
  }

  /** 40 random hexadecimal characters; shards are named in the same way. */
  public static String randomText(RandomGenerator random) {
    StringBuilder text = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      text.append(HEX_DIGITS.charAt(random.nextInt(16)));
    }
    return text.toString();
  }

  /** Whether a text has the form of an id. */
  public static boolean isValid(String text) {
    if (text.length() != LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      if (!isValid(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  static boolean isValid(DirectBuffer buffer, int offset) {
    for (int i = 0; i < LENGTH; i++) {
      if (!isValid((char) (buffer.getByte(offset + i) & 0xFF))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isValid(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
  }

  /** A number made of all characters: equal for equal names, and hardly ever for others. */
  public long digest() {
    long digest = 0;
    for (int i = 0; i < LENGTH; i += Long.BYTES) {
      long word = 0;
      for (int j = Long.BYTES - 1; j >= 0; j--) {
        word = word << 8 | text.charAt(i + j);
      }
      digest = mix(digest, word);
    }
    return digest;
  }

  /** The {@link #digest} of the name in a frame. */
  static long digest(DirectBuffer buffer, int offset) {
    long digest = 0;
    for (int i = 0; i < LENGTH; i += Long.BYTES) {
      digest = mix(digest, buffer.getLong(offset + i, ByteOrder.LITTLE_ENDIAN));
    }
    return digest;
  }

  private static long mix(long digest, long word) {
    long mixed = (digest ^ word) * 0x9E3779B97F4A7C15L;
    return mixed ^ mixed >>> 29;
  }

  static NodeId read(DirectBuffer buffer, int offset) {
    return new NodeId(buffer.getStringWithoutLengthAscii(offset, LENGTH));
  }

  void write(MutableDirectBuffer buffer, int offset) {
    buffer.putStringWithoutLengthAscii(offset, text);
  }

  boolean matches(DirectBuffer buffer, int offset) {
    for (int i = 0; i < LENGTH; i++) {
      if (buffer.getByte(offset + i) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int compareTo(NodeId other) {
    return text.compareTo(other.text);
  }

  /** The first eight characters: enough for people to tell nodes apart in logs. */
  public String brief() {
    return text.substring(0, 8);
  }

  @Override
  public String toString() {
    return text;
  }
}
