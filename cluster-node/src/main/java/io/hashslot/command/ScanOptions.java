package io.hashslot.command;

import io.hashslot.structure.Glob;
import io.hashslot.value.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What SCAN, HSCAN, SSCAN and ZSCAN are asked for besides the cursor.
 *
 * @param count about how many elements to look at, 1 or more
 * @param pattern what elements must match, if anything
 * @param bare whether only fields or members are asked for, without what belongs to them
 * @param kind which keys SCAN is asked for, if not all
 */
public record ScanOptions(int count, @Nullable Glob pattern, boolean bare, @Nullable Kind kind) {
  private static final int DEFAULT_COUNT = 10;

  /** Reads a cursor; null if the text is none. */
  public static @Nullable Long cursor(String text) {
    try {
      return text.startsWith("-") ? null : Long.parseUnsignedLong(text.stripLeading());
    } catch (NumberFormatException notOne) {
      return null;
    }
  }

  /**
   * Reads an argument that is a cursor.
   *
   * @throws CommandException {@code ERR invalid cursor}
   */
  public static long cursor(Args args, int i) {
    Long cursor = cursor(args.text(i));
    if (cursor == null) {
      throw CommandException.err("invalid cursor");
    }
    return cursor;
  }

  /**
   * Reads the arguments from {@code first} to the last.
   *
   * @param of the kind of value whose elements are scanned, or null for the keys of a database
   * @throws CommandException {@link CommandException#SYNTAX}, {@link CommandException#NOT_INTEGER},
   *     or what an option is for that is misplaced
   */
  public static ScanOptions of(Args args, int first, @Nullable Kind of) {
    long count = DEFAULT_COUNT;
    Glob pattern = null;
    boolean bare = false;
    Kind kind = null;
    for (int i = first; i < args.count(); i++) {
      boolean more = i + 1 < args.count();
      if (args.is(i, "COUNT") && more) {
        count = args.integer(++i);
        if (count < 1) {
          throw CommandException.SYNTAX;
        }
      } else if (args.is(i, "MATCH") && more) {
        pattern = new Glob(args.bytes(++i));
      } else if (args.is(i, "TYPE") && more && of == null) {
        kind = kind(args.text(++i));
      } else if (args.is(i, "NOVALUES")) {
        bare = only(of == Kind.HASH, "NOVALUES option can only be used in HSCAN");
      } else if (args.is(i, "NOSCORES")) {
        bare = only(of == Kind.SORTED_SET, "NOSCORES option can only be used in ZSCAN");
      } else {
        throw CommandException.SYNTAX;
      }
    }
    return new ScanOptions((int) Math.min(Integer.MAX_VALUE, count), pattern, bare, kind);
  }

  private static boolean only(boolean here, String otherwise) {
    if (!here) {
      throw CommandException.err(otherwise);
    }
    return true;
  }

  private static Kind kind(String name) {
    for (Kind kind : Kind.values()) {
      if (kind.typeName().equalsIgnoreCase(name)) {
        return kind;
      }
    }
    throw CommandException.err("unknown type name '" + name + "'");
  }

  /** Whether a key or element is asked for, as far as its bytes tell. */
  public boolean takes(long address, int length) {
    return pattern == null || pattern.matches(address, length);
  }
}
