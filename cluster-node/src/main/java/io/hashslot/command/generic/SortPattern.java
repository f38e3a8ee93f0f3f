package io.hashslot.command.generic;

import io.hashslot.command.Context;
import io.hashslot.keyspace.Key;
import io.hashslot.memory.Memory;
import io.hashslot.slot.Slots;
import io.hashslot.structure.Slice;
import io.hashslot.value.HashValue;
import io.hashslot.value.StringValue;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of SORT: {@code weight_*} names a key for each element, {@code object_*->field} a field
 * of a hash, {@code #} the element itself. A pattern without an asterisk names nothing.
 */
final class SortPattern {
  private static final byte[] ITSELF = {'#'};

  private final byte[] text;
  private final int asterisk;

  /** Where the key's part of the text ends. */
  private final int keyEnd;

  private final byte @Nullable [] field;

  SortPattern(byte[] text) {
    this.text = text;
    asterisk = indexOf(text, '*', 0);
    int arrow = asterisk < 0 ? -1 : arrow(text, asterisk + 1);
    keyEnd = arrow < 0 ? text.length : arrow;
    field = arrow < 0 ? null : java.util.Arrays.copyOfRange(text, arrow + 2, text.length);
  }

  private static int indexOf(byte[] text, char wanted, int from) {
    for (int i = from; i < text.length; i++) {
      if (text[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  /** The first arrow that a field follows. */
  private static int arrow(byte[] text, int from) {
    for (int i = from; i < text.length - 2; i++) {
      if (text[i] == '-' && text[i + 1] == '>') {
        return i;
      }
    }
    return -1;
  }

  boolean hasAsterisk() {
    return asterisk >= 0;
  }

  private boolean isElement() {
    return java.util.Arrays.equals(text, ITSELF);
  }

  /** Tells whether keys that nobody can foresee are looked up. */
  static boolean namesKeys(byte[] text) {
    return indexOf(text, '*', 0) >= 0;
  }

  /** The one slot that all keys of the pattern have, or -1 if they may have several. */
  int slot() {
    int brace = -1;
    for (int i = 0; i < text.length; i++) {
      switch (text[i]) {
        case '*', '?', '[', '\\' -> {
          return -1;
        }
        case '{' -> brace = brace < 0 ? i : brace;
        case '}' -> {
          if (brace >= 0 && i > brace + 1) {
            return Slots.of(text);
          }
        }
        default -> {}
      }
    }
    return Slots.of(text);
  }

  /**
   * Looks up what belongs to an element.
   *
   * @param scratch writes the name of the key somewhere
   * @return the bytes, valid until the next lookup; null if there are none
   */
  @Nullable Slice look(Context ctx, long element, int length, SortScratch scratch) {
    if (isElement()) {
      return scratch.slice.wrap(element, length);
    }
    if (asterisk < 0) {
      return null;
    }
    int mark = ctx.keys().keyCount();
    Key key =
        ctx.keys()
            .key(
                scratch.join(text, asterisk, element, length, asterisk + 1, keyEnd),
                scratch.joinedLength(),
                -1);
    try {
      return look(ctx, key, scratch);
    } finally {
      ctx.keys().forgetAfter(mark);
    }
  }

  private @Nullable Slice look(Context ctx, Key key, SortScratch scratch) {
    byte[] name = field;
    return switch (ctx.keys().find(key)) {
      case StringValue string when name == null ->
          scratch.slice.wrap(string.address(), string.length());
      case HashValue hash when name != null -> {
        long at = scratch.copy(name);
        yield hash.get(at, name.length) ? hash.found() : null;
      }
      case null, default -> null;
    };
  }

  /** Memory for the names of keys and fields, used again for each. */
  static final class SortScratch implements AutoCloseable {
    final Slice slice = new Slice();
    private long address = Memory.allocate(256);
    private int capacity = 256;
    private int length;

    private void reserve(int bytes) {
      if (bytes > capacity) {
        capacity = Math.max(bytes, capacity * 2);
        address = Memory.reallocate(address, capacity);
      }
    }

    /** Writes what is before the asterisk, the element, and what is after it. */
    long join(byte[] text, int before, long element, int elementLength, int after, int end) {
      length = before + elementLength + end - after;
      reserve(length);
      Memory.copy(text, 0, address, before);
      Memory.copy(element, address + before, elementLength);
      Memory.copy(text, after, address + before + elementLength, end - after);
      return address;
    }

    int joinedLength() {
      return length;
    }

    /** Writes a field's name behind the key's, which is no longer needed. */
    long copy(byte[] text) {
      reserve(text.length);
      Memory.copy(text, 0, address, text.length);
      return address;
    }

    @Override
    public void close() {
      Memory.free(address);
    }
  }
}
