package io.hashslot.bench.load;

import org.agrona.UnsafeApi;

/**
 * Finds where a reply ends without building anything from it: RESP lines and bulk strings in native
 * memory.
 */
final class ReplyScanner {

  /** What {@link #end} returns when the reply goes on beyond the bytes at hand. */
  static final long INCOMPLETE = 0;

  private ReplyScanner() {}

  /**
   * Returns the address behind the reply that starts at {@code from}, or {@link #INCOMPLETE}.
   *
   * @param limit the address behind the last byte received
   * @throws LoadFailure if the bytes are no reply that the requests of this generator can have
   */
  static long end(long from, long limit) {
    if (from >= limit) {
      return INCOMPLETE;
    }
    return switch (UnsafeApi.getByte(from)) {
      case '+', '-', ':', '_' -> lineEnd(from + 1, limit);
      case '$' -> bulkEnd(from, limit);
      case '*' -> arrayEnd(from, limit);
      default -> throw new LoadFailure("unexpected reply type byte " + UnsafeApi.getByte(from));
    };
  }

  private static long lineEnd(long from, long limit) {
    for (long at = from; at + 1 < limit; at++) {
      if (UnsafeApi.getByte(at) == '\r') {
        return at + 2;
      }
    }
    return INCOMPLETE;
  }

  private static long bulkEnd(long from, long limit) {
    long header = lineEnd(from + 1, limit);
    if (header == INCOMPLETE) {
      return INCOMPLETE;
    }
    long length = bulkLength(from);
    if (length < 0) {
      return header;
    }
    long end = header + length + 2;
    return end <= limit ? end : INCOMPLETE;
  }

  private static long arrayEnd(long from, long limit) {
    long at = lineEnd(from + 1, limit);
    if (at == INCOMPLETE) {
      return INCOMPLETE;
    }
    for (long left = bulkLength(from); left > 0; left--) {
      at = end(at, limit);
      if (at == INCOMPLETE) {
        return INCOMPLETE;
      }
    }
    return at;
  }

  /**
   * Returns the length announced by the complete bulk or array header at {@code from}; -1 is nil.
   */
  static long bulkLength(long from) {
    if (UnsafeApi.getByte(from + 1) == '-') {
      return -1;
    }
    long length = 0;
    for (long at = from + 1; UnsafeApi.getByte(at) != '\r'; at++) {
      int digit = UnsafeApi.getByte(at) - '0';
      if (digit < 0 || digit > 9 || length > Integer.MAX_VALUE) {
        throw new LoadFailure("malformed bulk length in a reply");
      }
      length = length * 10 + digit;
    }
    return length;
  }
}
