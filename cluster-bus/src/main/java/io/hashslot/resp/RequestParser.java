package io.hashslot.resp;

import java.util.List;
import org.agrona.UnsafeApi;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests, one after another, from a window of native memory. Half a request costs nothing
 * but the state kept here: parsing goes on where it stopped, also after the bytes were moved.
 *
 * <p>Limits and texts are those of Redis 7.2/Valkey 8.0: 64 KB for an inline request or a length
 * line, 10 arguments of 16 KB for clients that have not authenticated.
 */
public final class RequestParser {
  private static final int LINE_LIMIT = 64 * 1024;
  private static final int BYTES = UnsafeApi.arrayBaseOffset(byte[].class);

  private final Request request = new Request();
  private final Request inline = new Request();
  private Request last = request;

  /** Where the request under way begins, and where parsing goes on; both relative to the base. */
  private int start;

  private int position;

  /** Arguments still to come; 0 between requests. */
  private int remaining;

  /** Length of the bulk whose body comes next; -1 when its header does. */
  private int bulkLength = -1;

  private long maxBulkBytes = 512L * 1024 * 1024;
  private boolean trusted = true;

  /** Sets the directive {@code proto-max-bulk-len}. */
  public void maxBulkBytes(long bytes) {
    maxBulkBytes = bytes;
  }

  /** Tells whether the client is authenticated; others are held to small requests. */
  public void trusted(boolean authenticated) {
    trusted = authenticated;
  }

  /** Starts to read at the given offset from the base of the window. */
  public void begin(int offset) {
    start = offset;
    position = offset;
  }

  /** Returns the offset of the first byte that no complete request has used. */
  public int consumed() {
    return start;
  }

  /** Tells that the bytes at {@code consumed()} now stand at the base of a window. */
  public void movedToBase() {
    request.shift(start);
    position -= start;
    start = 0;
  }

  /** Returns how many bytes at least are missing to complete the bulk under way; 0 if unknown. */
  public int missing(int limit) {
    return bulkLength < 0 ? 0 : Math.max(0, position + bulkLength + 2 - limit);
  }

  /** Tells whether part of a request has been read. */
  public boolean midRequest() {
    return remaining != 0 || position != start;
  }

  /** Accepts the request returned last: its bytes may be reused. */
  public void accept() {
    start = position;
  }

  /**
   * Returns the next request, or null when the window ends first. The request stays valid until its
   * memory is reused; call {@link #accept} when it is done with.
   *
   * @param base native address of the window
   * @param limit end of the window, relative to the base
   * @throws ProtocolException if the bytes are not RESP; the connection cannot go on
   */
  public @Nullable Request next(long base, int limit) {
    while (true) {
      if (remaining == 0) {
        if (position >= limit) {
          return null;
        }
        if (UnsafeApi.getByte(base + position) != '*') {
          Request words = inline(base, limit);
          if (words == null || words.count() > 0) {
            return words;
          }
          start = position;
          continue;
        }
        int line = lineEnd(base, position, limit, "too big mbulk count string");
        if (line < 0) {
          return null;
        }
        long length =
            number(base, position + 1, line, Integer.MAX_VALUE, "invalid multibulk length");
        if (!trusted && length > 10) {
          throw new ProtocolException("unauthenticated multibulk length");
        }
        position = line + 2;
        if (length <= 0) {
          start = position;
          continue;
        }
        request.clear();
        remaining = (int) length;
      }
      if (!bulks(base, limit)) {
        return null;
      }
      request.base(base);
      last = request;
      return request;
    }
  }

  /** Returns the request that {@link #next} returned last, after its window may have moved. */
  public Request again(long base) {
    if (last == request) {
      request.base(base);
    }
    return last;
  }

  private boolean bulks(long base, int limit) {
    while (remaining > 0) {
      if (bulkLength < 0) {
        if (position >= limit) {
          return false;
        }
        // Short lengths, nearly all there are, are read without searching for the line's end.
        if (limit - position >= 5 && shortHeader(base)) {
          continue;
        }
        int line = lineEnd(base, position, limit, "too big bulk count string");
        if (line < 0) {
          return false;
        }
        byte type = UnsafeApi.getByte(base + position);
        if (type != '$') {
          throw new ProtocolException("expected '$', got '" + printable(type) + "'");
        }
        long length = number(base, position + 1, line, maxBulkBytes, "invalid bulk length");
        if (length < 0) {
          throw new ProtocolException("invalid bulk length");
        }
        if (!trusted && length > 16384) {
          throw new ProtocolException("unauthenticated bulk length");
        }
        bulkLength = (int) length;
        position = line + 2;
      }
      if (limit - position < bulkLength + 2L) {
        return false;
      }
      request.add(position, bulkLength);
      position += bulkLength + 2;
      bulkLength = -1;
      remaining--;
    }
    return true;
  }

  /** Reads {@code $d\r\n} or {@code $dd\r\n}; five bytes are there. */
  private boolean shortHeader(long base) {
    long at = base + position;
    if (UnsafeApi.getByte(at) != '$') {
      return false;
    }
    int first = UnsafeApi.getByte(at + 1) - '0';
    if (first < 0 || first > 9) {
      return false;
    }
    int second = UnsafeApi.getByte(at + 2);
    if (second == '\r') {
      bulkLength = first;
      position += 4;
      return true;
    }
    second -= '0';
    if (second >= 0 && second <= 9 && first > 0 && UnsafeApi.getByte(at + 3) == '\r') {
      bulkLength = first * 10 + second;
      position += 5;
      return true;
    }
    return false;
  }

  /** Returns the offset of the {@code \r} that ends the line, or -1 when it has not come yet. */
  private static int lineEnd(long base, int from, int limit, String tooLong) {
    for (int at = from; at < limit; at++) {
      if (UnsafeApi.getByte(base + at) == '\r' && at - from <= LINE_LIMIT) {
        return at + 1 < limit ? at : -1;
      }
    }
    if (limit - from > LINE_LIMIT) {
      throw new ProtocolException(tooLong);
    }
    return -1;
  }

  private static long number(long base, int from, int to, long max, String problem) {
    boolean negative = from < to && UnsafeApi.getByte(base + from) == '-';
    int at = negative ? from + 1 : from;
    int digits = to - at;
    if (digits < 1 || digits > 19) {
      throw new ProtocolException(problem);
    }
    long value = 0;
    for (; at < to; at++) {
      int digit = UnsafeApi.getByte(base + at) - '0';
      if (digit < 0 || digit > 9 || (digits > 1 && value == 0 && at > to - digits)) {
        throw new ProtocolException(problem);
      }
      value = value * 10 + digit;
      if (value < 0) {
        throw new ProtocolException(problem);
      }
    }
    if (value > max || negative && value == 0) {
      throw new ProtocolException(problem);
    }
    return negative ? -value : value;
  }

  private @Nullable Request inline(long base, int limit) {
    int at = position;
    while (at < limit && UnsafeApi.getByte(base + at) != '\n') {
      at++;
    }
    // Judged alike whether the end has come or not: it must not matter how input is cut.
    if (at - position > LINE_LIMIT) {
      throw new ProtocolException("too big inline request");
    }
    if (at == limit) {
      return null;
    }
    int end = at > position && UnsafeApi.getByte(base + at - 1) == '\r' ? at - 1 : at;
    byte[] line = new byte[end - position];
    UnsafeApi.copyMemory(null, base + position, line, BYTES, line.length);
    List<byte[]> words = InlineWords.split(line);
    if (words == null) {
      throw new ProtocolException("unbalanced quotes in request");
    }
    position = at + 1;
    inline.copyFrom(words);
    last = inline;
    return inline;
  }

  private static String printable(byte b) {
    return String.valueOf((char) (b & 0xff));
  }

  /** Gives native memory back; the parser must not be used any more. */
  public void release() {
    inline.release();
    request.release();
  }
}
