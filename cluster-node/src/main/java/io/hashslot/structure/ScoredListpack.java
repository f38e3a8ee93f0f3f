package io.hashslot.structure;

import io.hashslot.memory.Memory;
import io.hashslot.resp.DoubleText;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Listpack} of members, each followed by its score, in the order of score and then member
 * bytes: sorted sets in compact form, as the C servers keep and save them. Scores that are whole
 * numbers of 64 bits are kept as such, others as their text; so the sign of zero is lost here.
 *
 * <p>An element is told by the address {@code p} of its member; 0 means there is none. An object
 * holds scratch memory only, and can be used with any listpack.
 */
public final class ScoredListpack {
  private final Slice shown = new Slice();
  private @Nullable ByteBuffer scoreText;

  /** Scratch memory for edits. */
  public ScoredListpack() {}

  /** How many elements there are. */
  public static int size(long listpack) {
    return Listpack.count(listpack) / 2;
  }

  /** The score of an element. */
  public static double score(long p) {
    return number(Listpack.next(p));
  }

  /** The number that an element of a listpack is, or NaN. */
  public static double number(long p) {
    return Listpack.isInt(p)
        ? Listpack.longValue(p)
        : DoubleText.parse(Listpack.text(p), Listpack.textLength(p));
  }

  /** The element after one, or 0. */
  public static long next(long p) {
    return Listpack.next(Listpack.next(p));
  }

  /** The element before one, or 0. */
  public static long previous(long listpack, long p) {
    long score = Listpack.previous(listpack, p);
    return score == 0 ? 0 : Listpack.previous(listpack, score);
  }

  /** The element with this member, or 0. */
  public static long find(long listpack, long address, int length) {
    return Listpack.find(Listpack.first(listpack), 1, address, length);
  }

  /** The rank of an element. */
  public static int rank(long listpack, long p) {
    int rank = 0;
    for (long at = Listpack.first(listpack); at != p; at = next(at)) {
      rank++;
    }
    return rank;
  }

  /** How many elements are below a score, or not above it. */
  public static int countBelow(long listpack, double score, boolean orEqual) {
    int count = 0;
    for (long p = Listpack.first(listpack); p != 0; p = next(p)) {
      double here = score(p);
      if (!(orEqual ? here <= score : here < score)) {
        break;
      }
      count++;
    }
    return count;
  }

  /** How many elements at the beginning have members below some bytes, or not above them. */
  public int countBelow(long listpack, long address, int length, boolean orEqual) {
    int count = 0;
    for (long p = Listpack.first(listpack); p != 0; p = next(p)) {
      int order = compare(p, address, length);
      if (!(orEqual ? order <= 0 : order < 0)) {
        break;
      }
      count++;
    }
    return count;
  }

  /** Orders the member of an element and some bytes. */
  public int compare(long p, long address, int length) {
    try {
      Listpack.get(p, shown);
      return Memory.compare(shown.address(), shown.length(), address, length);
    } finally {
      Reference.reachabilityFence(shown);
    }
  }

  /** Adds an element, whose member is not there yet, in its place; returns it. */
  public long insert(Room room, double score, long address, int length) {
    long place = 0;
    for (long p = Listpack.first(room.address()); p != 0; p = next(p)) {
      double here = score(p);
      if (here > score || here == score && compare(p, address, length) > 0) {
        place = p;
        break;
      }
    }
    if (place == 0) {
      return append(room, score, address, length);
    }
    long p = Listpack.insertBefore(room, place, address, length);
    return putScore(room, p, 0, score);
  }

  /** Adds an element that belongs behind all others; returns it. */
  public long append(Room room, double score, long address, int length) {
    return putScore(room, Listpack.append(room, address, length), 0, score);
  }

  /**
   * Gives an element another score, and its new place.
   *
   * @param address its member, which must not lie in the room
   */
  public void move(Room room, long p, double score, long address, int length) {
    long before = previous(room.address(), p);
    long after = next(p);
    if ((before == 0 || score(before) < score) && (after == 0 || score < score(after))) {
      putScore(room, p, Listpack.next(p), score);
      return;
    }
    Listpack.deleteRange(room, p, 2);
    insert(room, score, address, length);
  }

  /** Writes a score behind the member at {@code p}, or over the {@code old} one; returns p. */
  private long putScore(Room room, long p, long old, double score) {
    int offset = (int) (p - room.address());
    long whole = (long) score;
    if (whole == score && whole != Long.MAX_VALUE) {
      long _ =
          old == 0
              ? Listpack.insertAfterLong(room, p, whole)
              : Listpack.replaceLong(room, old, whole);
      return room.address() + offset;
    }
    if (scoreText == null) {
      scoreText = ByteBuffer.allocateDirect(DoubleText.LONGEST);
    }
    try {
      long text = BufferUtil.address(scoreText);
      int length = DoubleText.write(text, score);
      long _ =
          old == 0
              ? Listpack.insertAfter(room, p, text, length)
              : Listpack.replace(room, old, text, length);
    } finally {
      Reference.reachabilityFence(scoreText);
    }
    return room.address() + offset;
  }

  /**
   * Whether a valid listpack from elsewhere is one of this kind: pairs, with scores that are
   * numbers, in order. That also means that no member comes twice with the same score.
   */
  public boolean inOrder(long listpack) {
    double last = Double.NEGATIVE_INFINITY;
    long lastMember = 0;
    Slice member = new Slice();
    for (long p = Listpack.first(listpack); p != 0; p = next(p)) {
      long scoreAt = Listpack.next(p);
      if (scoreAt == 0) {
        return false;
      }
      double score = number(scoreAt);
      if (!(score >= last)) {
        return false;
      }
      if (lastMember != 0 && score == last) {
        Listpack.get(p, member);
        int order = compare(lastMember, member.address(), member.length());
        Reference.reachabilityFence(member);
        if (order >= 0) {
          return false;
        }
      }
      last = score;
      lastMember = p;
    }
    return true;
  }
}
