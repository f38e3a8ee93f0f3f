package io.hashslot.command.sortedset;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.value.SortedSetValue;

/** Which elements of a sorted set a command is about: {@link #resolve} turns it into ranks. */
final class ElementRange {
  private static final CommandException NOT_SCORES =
      CommandException.err("min or max is not a float");
  private static final CommandException NOT_MEMBERS =
      CommandException.err("min or max not valid string range item");

  /** What the bounds are. */
  enum By {
    RANK,
    SCORE,
    MEMBER
  }

  private final By by;
  private final Args args;
  private final int minIndex;
  private final int maxIndex;
  private final double minScore;
  private final double maxScore;
  private final long first;
  private final long last;

  /** The ranks found by {@link #resolve}: from the first to before the end. */
  private long from;

  private long to;

  private ElementRange(
      By by,
      Args args,
      int minIndex,
      int maxIndex,
      double minScore,
      double maxScore,
      long first,
      long last) {
    this.by = by;
    this.args = args;
    this.minIndex = minIndex;
    this.maxIndex = maxIndex;
    this.minScore = minScore;
    this.maxScore = maxScore;
    this.first = first;
    this.last = last;
  }

  /**
   * Reads bounds from two arguments.
   *
   * @throws CommandException if they are none
   */
  static ElementRange of(By by, Args args, int minIndex, int maxIndex) {
    return switch (by) {
      case RANK -> {
        long first = args.integer(minIndex);
        yield new ElementRange(by, args, 0, 0, 0, 0, first, args.integer(maxIndex));
      }
      case SCORE -> {
        double min = score(args, minIndex);
        yield new ElementRange(by, args, minIndex, maxIndex, min, score(args, maxIndex), 0, 0);
      }
      case MEMBER -> {
        requireMember(args, minIndex);
        requireMember(args, maxIndex);
        yield new ElementRange(by, args, minIndex, maxIndex, 0, 0, 0, 0);
      }
    };
  }

  /** A score, with a parenthesis before it if it is itself not meant. */
  private static double score(Args args, int i) {
    int skipped = isExclusive(args, i) ? 1 : 0;
    double score =
        io.hashslot.resp.DoubleText.parseBound(args.address(i) + skipped, args.length(i) - skipped);
    if (Double.isNaN(score)) {
      throw NOT_SCORES;
    }
    return score;
  }

  /** {@code -} and {@code +} are before and behind all; other members follow a bracket. */
  private static void requireMember(Args args, int i) {
    if (args.length(i) == 0) {
      throw NOT_MEMBERS;
    }
    byte sign = args.request().byteAt(i, 0);
    boolean valid =
        switch (sign) {
          case '-', '+' -> args.length(i) == 1;
          case '[', '(' -> true;
          default -> false;
        };
    if (!valid) {
      throw NOT_MEMBERS;
    }
  }

  private static boolean isExclusive(Args args, int i) {
    return args.length(i) > 0 && args.request().byteAt(i, 0) == '(';
  }

  /** Finds the ranks of the range in a set. */
  void resolve(SortedSetValue set, boolean reverse) {
    long size = set.size();
    switch (by) {
      case RANK -> resolveRanks(size, reverse);
      case SCORE -> {
        from = set.countBelow(minScore, isExclusive(args, minIndex));
        to = set.countBelow(maxScore, !isExclusive(args, maxIndex));
      }
      case MEMBER -> {
        from = countBelow(set, minIndex, isExclusive(args, minIndex));
        to = countBelow(set, maxIndex, !isExclusive(args, maxIndex));
      }
    }
    to = Math.max(from, to);
  }

  private void resolveRanks(long size, boolean reverse) {
    long begin = Math.max(0, first < 0 ? first + size : first);
    long end = Math.min(size - 1, last < 0 ? last + size : last) + 1;
    if (begin >= end) {
      from = 0;
      to = 0;
    } else if (reverse) {
      from = size - end;
      to = size - begin;
    } else {
      from = begin;
      to = end;
    }
  }

  private long countBelow(SortedSetValue set, int i, boolean orEqual) {
    return switch (args.request().byteAt(i, 0)) {
      case '-' -> 0;
      case '+' -> set.size();
      default -> set.countBelow(args.address(i) + 1, args.length(i) - 1, orEqual);
    };
  }

  /** The first rank of the range. */
  long from() {
    return from;
  }

  /** The rank behind the range. */
  long to() {
    return to;
  }

  /** How many elements are in the range. */
  long count() {
    return to - from;
  }

  /**
   * Leaves out some elements of the range and keeps so many of the others.
   *
   * @param limit how many at most; negative: all
   * @param reverse whether they are counted from the end
   */
  void limit(long offset, long limit, boolean reverse) {
    long count = count();
    long skipped = offset < 0 ? count : Math.min(offset, count);
    long kept = limit < 0 ? count - skipped : Math.min(limit, count - skipped);
    if (reverse) {
      to -= skipped;
      from = to - kept;
    } else {
      from += skipped;
      to = from + kept;
    }
  }
}
