package io.hashslot.structure;

import io.hashslot.memory.Memory;

/**
 * A way from the root of a {@link CountedTree} to a leaf: what was looked for, which nodes were
 * met, and which of their entries were taken. Reused from descent to descent.
 */
final class TreeDescent {
  /** More levels than any memory could fill. */
  private static final int MOST_LEVELS = 24;

  /** The nodes by level, leaves being level 0. */
  final long[] nodes = new long[MOST_LEVELS];

  /** The entries taken in them; in a leaf perhaps the one after its last. */
  final int[] taken = new int[MOST_LEVELS];

  private boolean byScore;
  private boolean byMember;
  private double boundScore;
  private long boundAddress;
  private int boundLength;

  /** Goes to the first element not below a score, or above it; returns how many stand before. */
  long toScore(long root, int levels, double score, boolean above) {
    byScore = true;
    byMember = false;
    boundScore = score;
    return descend(root, levels, above ? 1 : 0, above ? 1 : 0);
  }

  /** Goes to the first member not below some bytes, or above; returns how many stand before. */
  long toMember(long root, int levels, long address, int length, boolean above) {
    byScore = false;
    byMember = true;
    boundAddress = address;
    boundLength = length;
    return descend(root, levels, above ? 1 : 0, above ? 1 : 0);
  }

  /** Goes to where an element is or would be; returns how many are below it. */
  long toElement(long root, int levels, long element) {
    byScore = true;
    byMember = true;
    boundScore = ScoredMember.score(element);
    boundAddress = MemberBlock.address(element);
    boundLength = MemberBlock.length(element);
    return descend(root, levels, 1, 0);
  }

  /** Goes to the element of a rank, which is there. */
  void toRank(long root, int levels, long rank) {
    long node = root;
    long left = rank;
    for (int level = levels - 1; level > 0; level--) {
      int i = 0;
      for (long count = TreeNodes.count(node, 0); left >= count; count = TreeNodes.count(node, i)) {
        left -= count;
        i++;
      }
      nodes[level] = node;
      taken[level] = i;
      node = TreeNodes.child(node, i);
    }
    nodes[0] = node;
    taken[0] = (int) left;
  }

  /** Goes to the first element; returns its leaf. */
  long toFirst(long root, int levels) {
    long node = root;
    for (int level = levels - 1; level > 0; level--) {
      nodes[level] = node;
      taken[level] = 0;
      node = TreeNodes.child(node, 0);
    }
    nodes[0] = node;
    taken[0] = 0;
    return node;
  }

  /** Goes behind the last element; returns its leaf. */
  long toLast(long root, int levels) {
    long node = root;
    for (int level = levels - 1; level > 0; level--) {
      nodes[level] = node;
      taken[level] = TreeNodes.entries(node) - 1;
      node = TreeNodes.child(node, taken[level]);
    }
    nodes[0] = node;
    taken[0] = TreeNodes.entries(node);
    return node;
  }

  /** Whether the node of a level is the last one of its level. */
  boolean atEnd(int level, int levels) {
    for (int above = levels - 1; above > level; above--) {
      if (taken[above] != TreeNodes.entries(nodes[above]) - 1) {
        return false;
      }
    }
    return true;
  }

  /** Whether the node of a level is the first one of its level. */
  boolean atStart(int level, int levels) {
    for (int above = levels - 1; above > level; above--) {
      if (taken[above] != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Goes down to the last entry before the bound, counting what is left behind. An entry is before
   * it if {@link #compare} gives less than {@code innerLimit} or {@code leafLimit}: 0 for what is
   * below the bound, 1 for what is not above.
   */
  private long descend(long root, int levels, int innerLimit, int leafLimit) {
    long node = root;
    long before = 0;
    for (int level = levels - 1; level > 0; level--) {
      int i = Math.max(0, entriesBefore(node, false, innerLimit) - 1);
      for (int left = 0; left < i; left++) {
        before += TreeNodes.count(node, left);
      }
      nodes[level] = node;
      taken[level] = i;
      node = TreeNodes.child(node, i);
    }
    nodes[0] = node;
    taken[0] = entriesBefore(node, true, leafLimit);
    return before + taken[0];
  }

  private int entriesBefore(long node, boolean isLeaf, int limit) {
    int low = 0;
    int high = TreeNodes.entries(node);
    while (low < high) {
      int middle = low + high >>> 1;
      if (compare(node, isLeaf, middle) < limit) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int compare(long node, boolean isLeaf, int i) {
    if (byScore) {
      double score = TreeNodes.score(node, i);
      if (score < boundScore) {
        return -1;
      }
      if (score > boundScore) {
        return 1;
      }
      if (!byMember) {
        return 0;
      }
    }
    long element = TreeNodes.element(node, isLeaf, i);
    return Integer.signum(
        Memory.compare(
            MemberBlock.address(element), MemberBlock.length(element), boundAddress, boundLength));
  }
}
