package io.hashslot.persist.rdb;

import java.io.IOException;

/**
 * Copies values out of a snapshot as they stand, without looking into them further than it takes to
 * know where they end. That is fast, and what has been copied can be decoded elsewhere.
 *
 * <p>What is copied stays below a limit. Where it would be passed the copy ends in the middle of
 * the value, and {@link RdbInput#continued} reads on from there.
 */
final class RdbCut {
  private static final int ID_BYTES = 16;
  private static final int SHORTEST_SPECIAL_SCORE = 253;

  private final RdbInput in;
  private final NativeBlock into;
  private final int limit;
  private boolean fits = true;

  private RdbCut(RdbInput in, NativeBlock into, int limit) {
    this.in = in;
    this.into = into;
    this.limit = limit;
  }

  /**
   * Appends the value that comes next in the input.
   *
   * @param type one that {@link Rdb#isValueType is one}
   * @param limit how long the block may become, in bytes
   * @return false if it would become longer: then the input stands where the block ends
   */
  static boolean value(int type, RdbInput in, NativeBlock into, int limit) throws IOException {
    RdbCut cut = new RdbCut(in, into, limit);
    cut.value(type);
    return cut.fits;
  }

  private void value(int type) throws IOException {
    switch (type) {
      case 0, 9, 10, 11, 12, 13, 16, 17, 20 -> string();
      case 1, 2, 14 -> strings(1);
      case 4 -> strings(2);
      case 3 -> scored(true);
      case 5 -> scored(false);
      case 18 -> chunks();
      case 15, 19, 21 -> stream(type);
      default -> throw new IllegalArgumentException("no type of values: " + type);
    }
  }

  private void string() throws IOException {
    fits = fits && in.copyString(into, limit);
  }

  private long length() throws IOException {
    fits = fits && into.length + 9 <= limit;
    return fits ? in.copyLength(into) : 0;
  }

  private void bytes(int count) throws IOException {
    fits = fits && in.copy(into, count, limit);
  }

  private void strings(int each) throws IOException {
    for (long left = length(); left > 0 && fits; left--) {
      for (int i = 0; i < each; i++) {
        string();
      }
    }
  }

  private void scored(boolean text) throws IOException {
    for (long left = length(); left > 0 && fits; left--) {
      string();
      if (!text) {
        bytes(Double.BYTES);
        continue;
      }
      bytes(1);
      int digits = fits ? into.lastByte() : 0;
      bytes(digits >= SHORTEST_SPECIAL_SCORE ? 0 : digits);
    }
  }

  private void chunks() throws IOException {
    for (long left = length(); left > 0 && fits; left--) {
      length();
      string();
    }
  }

  private void stream(int type) throws IOException {
    strings(2);
    int numbers = type == 15 ? 3 : 8;
    for (int i = 0; i < numbers; i++) {
      length();
    }
    for (long groups = length(); groups > 0 && fits; groups--) {
      string();
      for (int i = type == 15 ? 2 : 3; i > 0; i--) {
        length();
      }
      for (long pending = length(); pending > 0 && fits; pending--) {
        bytes(ID_BYTES + Long.BYTES);
        length();
      }
      for (long consumers = length(); consumers > 0 && fits; consumers--) {
        string();
        bytes(type == 21 ? 2 * Long.BYTES : Long.BYTES);
        for (long pending = length(); pending > 0 && fits; pending--) {
          bytes(ID_BYTES);
        }
      }
    }
  }
}
