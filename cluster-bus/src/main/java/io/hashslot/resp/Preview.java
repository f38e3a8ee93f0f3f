package io.hashslot.resp;

import org.agrona.UnsafeApi;

/**
 * Skims requests that stand complete in a window, for where their first arguments are: the key, of
 * nearly all commands that have one, and after it a field or member, of many. Only a hint for
 * whoever wants to prepare something; what a request means, and whether it is one at all, is for
 * {@link RequestParser} to say.
 *
 * <p>Skims only what pipelines consist of, arrays of a few short bulks, and stops before anything
 * else.
 */
public final class Preview {
  /** The most requests that are skimmed at once. */
  public static final int MAX = 16;

  /** How many arguments of a request are noted. */
  public static final int ARGUMENTS = 3;

  /** Longer requests are not worth the look. */
  private static final int MAX_ARGUMENTS = 9;

  private final long[] addresses = new long[MAX * ARGUMENTS];
  private final int[] lengths = new int[MAX * ARGUMENTS];
  private int count;

  /** Length of the bulk that was skimmed last. */
  private int bodyLength;

  /** Returns how many requests with arguments were found. */
  public int count() {
    return count;
  }

  /**
   * Returns the native address of an argument; undefined if there is none.
   *
   * @param request 0 up to {@link #count}
   * @param argument 0, the first one after the command's name, up to {@link #ARGUMENTS}
   */
  public long address(int request, int argument) {
    return addresses[request * ARGUMENTS + argument];
  }

  /** Returns the length of an argument in bytes, or -1 if the request has none there. */
  public int length(int request, int argument) {
    return lengths[request * ARGUMENTS + argument];
  }

  /**
   * Skims up to {@link #MAX} requests, in place of those skimmed before.
   *
   * @param base native address of the window
   * @param from where a request begins, relative to the base
   * @param limit end of the window, relative to the base
   * @return where the first request begins that was not skimmed, relative to the base
   */
  public int skim(long base, int from, int limit) {
    count = 0;
    int start = from;
    for (int requests = 0; requests < MAX; requests++) {
      int next = request(base, start, limit);
      if (next < 0) {
        break;
      }
      start = next;
    }
    return start;
  }

  /** Returns where a request ends, or -1 if it is not whole or not of the usual kind. */
  private int request(long base, int start, int limit) {
    if (limit - start < 4
        || UnsafeApi.getByte(base + start) != '*'
        || UnsafeApi.getByte(base + start + 2) != '\r') {
      return -1;
    }
    int arguments = UnsafeApi.getByte(base + start + 1) - '0';
    if (arguments < 1 || arguments > MAX_ARGUMENTS) {
      return -1;
    }
    int at = bulk(base, start + 4, limit);
    if (arguments == 1 || at < 0) {
      return at;
    }
    int first = count * ARGUMENTS;
    for (int i = 0; i < arguments - 1; i++) {
      at = bulk(base, at, limit);
      if (at < 0) {
        return -1;
      }
      if (i < ARGUMENTS) {
        addresses[first + i] = base + at - 2 - bodyLength;
        lengths[first + i] = bodyLength;
      }
    }
    for (int i = arguments - 1; i < ARGUMENTS; i++) {
      lengths[first + i] = -1;
    }
    count++;
    return at;
  }

  /** Returns where a bulk of less than a thousand bytes ends, or -1; sets the body's length. */
  private int bulk(long base, int start, int limit) {
    if (limit - start < 6 || UnsafeApi.getByte(base + start) != '$') {
      return -1;
    }
    int length = UnsafeApi.getByte(base + start + 1) - '0';
    int at = start + 2;
    int digit = UnsafeApi.getByte(base + at);
    while (digit != '\r') {
      digit -= '0';
      if (length < 0 || length > 99 || digit < 0 || digit > 9 || ++at == limit) {
        return -1;
      }
      length = length * 10 + digit;
      digit = UnsafeApi.getByte(base + at);
    }
    if (length < 0 || length > 999) {
      return -1;
    }
    bodyLength = length;
    int end = at + 4 + length;
    return end <= limit ? end : -1;
  }
}
