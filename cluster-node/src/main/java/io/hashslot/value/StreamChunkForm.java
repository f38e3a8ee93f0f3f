package io.hashslot.value;

import io.hashslot.structure.Listpack;

/**
 * Whether bytes from elsewhere are a chunk of a stream that can be read entry by entry without
 * looking for elements that are not there. What is read from files and RESTORE is never trusted.
 */
final class StreamChunkForm {
  private long p;

  private StreamChunkForm(long first) {
    p = first;
  }

  /** Whether a range of bytes is a chunk in this sense, with at least one entry. */
  static boolean valid(long address, int length) {
    return Listpack.valid(address, length, true)
        && new StreamChunkForm(Listpack.first(address)).entriesAreWhole();
  }

  private boolean entriesAreWhole() {
    long live = number();
    long deleted = number();
    long fields = number();
    if (live < 0 || deleted < 0 || fields < 0 || !skip(fields) || number() != 0) {
      return false;
    }
    long dead = 0;
    long entries = 0;
    for (; p != 0; entries++) {
      long flags = number();
      if (flags < 0 || !skipNumber() || !skipNumber()) {
        return false;
      }
      long elements = fields + 3;
      if ((flags & StreamChunk.SAME_FIELDS) == 0) {
        long own = number();
        if (own < 0 || own > Integer.MAX_VALUE || !skip(2 * own)) {
          return false;
        }
        elements = 2 * own + 4;
      } else if (!skip(fields)) {
        return false;
      }
      dead += flags & StreamChunk.DELETED;
      if (number() != elements) {
        return false;
      }
    }
    return entries > 0 && dead == deleted && entries == live + deleted;
  }

  private boolean isNumber() {
    return p != 0 && Listpack.isInt(p);
  }

  private boolean skipNumber() {
    return isNumber() && skip(1);
  }

  /** Passes over a number and returns it; -1 if there is none. */
  private long number() {
    if (!isNumber()) {
      return -1;
    }
    long value = Listpack.longValue(p);
    p = Listpack.next(p);
    return value;
  }

  /** Passes over some elements; false if there are fewer. */
  private boolean skip(long elements) {
    for (long left = elements; left > 0; left--) {
      if (p == 0) {
        return false;
      }
      p = Listpack.next(p);
    }
    return true;
  }
}
