package io.hashslot.structure;

/**
 * Tells whether elements of a listpack that came from elsewhere are all different, in time
 * proportional to their number: keys of pairs and members must be.
 */
public final class DistinctElements {
  /** So few elements are compared each with each. */
  private static final int FEW = 8;

  private DistinctElements() {}

  /**
   * Whether all elements are different that come after each other when {@code skip} are passed over
   * in between.
   *
   * @param listpack one that is {@link Listpack#valid}
   * @param seed the key of the hash, unknown to whoever sent the listpack
   */
  public static boolean in(long listpack, int skip, long seed) {
    int count = Listpack.count(listpack) / (skip + 1);
    return count <= FEW ? inFew(listpack, skip) : inMany(listpack, skip, seed, count);
  }

  private static boolean inFew(long listpack, int skip) {
    Slice text = new Slice();
    for (long p = Listpack.first(listpack); p != 0; ) {
      long next = after(p, skip);
      Listpack.get(p, text);
      if (Listpack.find(next, skip, text.address(), text.length()) != 0) {
        return false;
      }
      p = next;
    }
    return true;
  }

  private static boolean inMany(long listpack, int skip, long seed, int count) {
    Slice text = new Slice();
    int[] places = new int[Integer.highestOneBit(count) * 4];
    int mask = places.length - 1;
    for (long p = Listpack.first(listpack); p != 0; p = after(p, skip)) {
      Listpack.get(p, text);
      int at = (int) SeededHash.hash(seed, text.address(), text.length()) & mask;
      for (; places[at] != 0; at = at + 1 & mask) {
        if (Listpack.equal(listpack + places[at], text.address(), text.length())) {
          return false;
        }
      }
      places[at] = (int) (p - listpack);
    }
    return true;
  }

  private static long after(long p, int skip) {
    long at = p;
    for (int i = skip; i >= 0 && at != 0; i--) {
      at = Listpack.next(at);
    }
    return at;
  }
}
