package io.hashslot.command.string;

import io.hashslot.command.CommandException;
import io.hashslot.memory.Memory;
import io.hashslot.value.StringValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The longest common subsequence of two strings, by the usual table: a cell for each pair of
 * prefixes, which holds the length of their longest common subsequence. Found by walking back from
 * the last cell; where both ways are equally good the second string is shortened first, so that of
 * several longest ones the same is found as in Redis.
 *
 * <p>The table is in native memory, four bytes a cell, for as long as this is open.
 */
final class CommonSubsequence implements AutoCloseable {
  private final long firstAddress;
  private final int firstLength;
  private final long secondAddress;
  private final int secondLength;
  private final long table;

  /** A stretch that both strings have in common, at these places. */
  record Match(int first, int second, int length) {}

  private CommonSubsequence(
      @Nullable StringValue first, @Nullable StringValue second, long tableBytes) {
    firstAddress = first == null ? 0 : first.address();
    firstLength = first == null ? 0 : first.length();
    secondAddress = second == null ? 0 : second.address();
    secondLength = second == null ? 0 : second.length();
    table = Memory.allocate(tableBytes);
    fill();
  }

  /**
   * Compares two strings; null is the empty one. They must not change while this is open.
   *
   * @param mostBytes how large the table may become
   * @throws CommandException if it would become larger
   */
  static CommonSubsequence of(
      @Nullable StringValue first, @Nullable StringValue second, long mostBytes) {
    long rows = 1L + (first == null ? 0 : first.length());
    long columns = 1L + (second == null ? 0 : second.length());
    if (rows * columns > mostBytes / Integer.BYTES) {
      throw CommandException.err(
          "Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len");
    }
    return new CommonSubsequence(first, second, rows * columns * Integer.BYTES);
  }

  private void fill() {
    for (int j = 0; j <= secondLength; j++) {
      put(0, j, 0);
    }
    for (int i = 1; i <= firstLength; i++) {
      put(i, 0, 0);
      byte mine = Memory.getByte(firstAddress + i - 1);
      for (int j = 1; j <= secondLength; j++) {
        boolean same = mine == Memory.getByte(secondAddress + j - 1);
        put(i, j, same ? get(i - 1, j - 1) + 1 : Math.max(get(i - 1, j), get(i, j - 1)));
      }
    }
  }

  private long cell(int i, int j) {
    return table + ((long) i * (secondLength + 1) + j) * Integer.BYTES;
  }

  private int get(int i, int j) {
    return Memory.getInt(cell(i, j));
  }

  private void put(int i, int j, int length) {
    Memory.putInt(cell(i, j), length);
  }

  private boolean same(int i, int j) {
    return Memory.getByte(firstAddress + i - 1) == Memory.getByte(secondAddress + j - 1);
  }

  /** Returns how long it is, in bytes. */
  int length() {
    return get(firstLength, secondLength);
  }

  /** Returns its bytes. */
  byte[] bytes() {
    byte[] found = new byte[length()];
    int at = found.length;
    for (Match match : matches(0)) {
      at -= match.length;
      Memory.copy(firstAddress + match.first, found, at, match.length);
    }
    return found;
  }

  /** Returns the stretches of at least some length that make it up, the last one first. */
  List<Match> matches(long leastLength) {
    List<Match> matches = new ArrayList<>();
    int i = firstLength;
    int j = secondLength;
    while (i > 0 && j > 0) {
      if (same(i, j)) {
        int length = 0;
        while (i > 0 && j > 0 && same(i, j)) {
          i--;
          j--;
          length++;
        }
        if (length >= leastLength) {
          matches.add(new Match(i, j, length));
        }
      } else if (get(i - 1, j) > get(i, j - 1)) {
        i--;
      } else {
        j--;
      }
    }
    return matches;
  }

  @Override
  public void close() {
    Memory.free(table);
  }
}
