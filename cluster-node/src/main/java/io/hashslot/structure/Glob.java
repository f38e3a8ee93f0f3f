package io.hashslot.structure;

import org.agrona.UnsafeApi;

/**
 * A pattern in the manner of KEYS, PSUBSCRIBE and CONFIG GET: {@code *}, {@code ?}, {@code [abc]},
 * {@code [a-z]}, {@code [^a]}, and a backslash before what is meant literally. An open bracket
 * without its end reaches to the end of the pattern, as in Redis.
 *
 * <p>A star remembers one place to return to: only the last star needs to give way, so matching
 * takes at most pattern times text steps, whatever the pattern.
 */
public final class Glob {
  private static final long BYTES = UnsafeApi.arrayBaseOffset(byte[].class);

  private final byte[] pattern;
  private final boolean all;

  /** Makes a pattern. */
  public Glob(byte[] pattern) {
    this.pattern = pattern.clone();
    all = pattern.length == 1 && pattern[0] == '*';
  }

  /** Tells whether every text matches. */
  public boolean matchesAll() {
    return all;
  }

  /** Tells whether a text matches. */
  public boolean matches(byte[] text) {
    return all || matches(text, BYTES, text.length);
  }

  /** Tells whether a text in native memory matches. */
  public boolean matches(long address, int length) {
    return all || matches(null, address, length);
  }

  private boolean matches(@org.jspecify.annotations.Nullable Object base, long offset, int length) {
    if (length == 0) {
      // As in Redis, where even stars ask for something to look at; only a lone star is an
      // exception.
      return pattern.length == 0;
    }
    int p = 0;
    int t = 0;
    int afterStar = -1;
    int starText = 0;
    while (t < length) {
      if (p < pattern.length && pattern[p] == '*') {
        afterStar = ++p;
        starText = t;
        continue;
      }
      if (p < pattern.length && one(p, UnsafeApi.getByte(base, offset + t))) {
        p = next(p);
        t++;
      } else if (afterStar >= 0) {
        p = afterStar;
        t = ++starText;
      } else {
        return false;
      }
    }
    while (p < pattern.length && pattern[p] == '*') {
      p++;
    }
    return p == pattern.length;
  }

  /** Tells whether the element of the pattern at {@code p} takes a byte. */
  private boolean one(int p, byte b) {
    return switch (pattern[p]) {
      case '?' -> true;
      case '[' -> group(p + 1, b & 0xff);
      case '\\' -> pattern[p + 1 < pattern.length ? p + 1 : p] == b;
      default -> pattern[p] == b;
    };
  }

  private boolean group(int from, int b) {
    int p = from;
    boolean not = p < pattern.length && pattern[p] == '^';
    if (not) {
      p++;
    }
    boolean found = false;
    while (p < pattern.length && pattern[p] != ']') {
      if (pattern[p] == '\\' && p + 1 < pattern.length) {
        found |= (pattern[p + 1] & 0xff) == b;
        p += 2;
      } else if (p + 2 < pattern.length && pattern[p + 1] == '-') {
        int low = Math.min(pattern[p] & 0xff, pattern[p + 2] & 0xff);
        int high = Math.max(pattern[p] & 0xff, pattern[p + 2] & 0xff);
        found |= b >= low && b <= high;
        p += 3;
      } else {
        found |= (pattern[p] & 0xff) == b;
        p++;
      }
    }
    return found != not;
  }

  /** Returns where the element after the one at {@code p} begins. */
  private int next(int p) {
    if (pattern[p] == '\\') {
      return p + 1 < pattern.length ? p + 2 : p + 1;
    }
    if (pattern[p] != '[') {
      return p + 1;
    }
    int end = p + 1;
    if (end < pattern.length && pattern[end] == '^') {
      end++;
    }
    while (end < pattern.length && pattern[end] != ']') {
      if (pattern[end] == '\\' && end + 1 < pattern.length) {
        end += 2;
      } else if (end + 2 < pattern.length && pattern[end + 1] == '-') {
        end += 3;
      } else {
        end++;
      }
    }
    return Math.min(pattern.length, end + 1);
  }
}
