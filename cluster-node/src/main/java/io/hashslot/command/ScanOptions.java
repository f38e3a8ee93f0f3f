package io.hashslot.command;

import io.hashslot.structure.Glob;
import org.jspecify.annotations.Nullable;

/**
 * What HSCAN, SSCAN and ZSCAN are asked for besides the cursor.
 *
 * @param count about how many elements to look at, 1 or more
 * @param pattern what elements must match, if anything
 * @param bare whether only fields or members are asked for, not the values or scores with them
 */
public record ScanOptions(int count, @Nullable Glob pattern, boolean bare) {
  private static final int DEFAULT_COUNT = 10;

  /**
   * Reads an argument that is a cursor.
   *
   * @throws CommandException {@code ERR invalid cursor}
   */
  public static long cursor(Args args, int i) {
    try {
      String text = args.text(i);
      if (!text.startsWith("-")) {
        return Long.parseUnsignedLong(text.stripLeading());
      }
    } catch (NumberFormatException notOne) {
      // Told below.
    }
    throw CommandException.err("invalid cursor");
  }

  /**
   * Reads the arguments from {@code first} to the last.
   *
   * @param bareWord the option that leaves out what belongs to an element, NOVALUES or NOSCORES;
   *     none if it is empty
   * @throws CommandException {@link CommandException#SYNTAX} or {@link
   *     CommandException#NOT_INTEGER}
   */
  public static ScanOptions of(Args args, int first, String bareWord) {
    long count = DEFAULT_COUNT;
    Glob pattern = null;
    boolean bare = false;
    for (int i = first; i < args.count(); i++) {
      boolean more = i + 1 < args.count();
      if (args.is(i, "COUNT") && more) {
        count = args.integer(++i);
        if (count < 1) {
          throw CommandException.SYNTAX;
        }
      } else if (args.is(i, "MATCH") && more) {
        pattern = new Glob(args.bytes(++i));
      } else if (!bareWord.isEmpty() && args.is(i, bareWord)) {
        bare = true;
      } else if (args.is(i, "NOVALUES")) {
        throw CommandException.err("NOVALUES option can only be used in HSCAN");
      } else if (args.is(i, "NOSCORES")) {
        throw CommandException.err("NOSCORES option can only be used in ZSCAN");
      } else {
        throw CommandException.SYNTAX;
      }
    }
    return new ScanOptions((int) Math.min(Integer.MAX_VALUE, count), pattern, bare);
  }

  /** Whether an element is asked for. */
  public boolean takes(long address, int length) {
    return pattern == null || pattern.matches(address, length);
  }
}
