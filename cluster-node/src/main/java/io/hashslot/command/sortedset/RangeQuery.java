package io.hashslot.command.sortedset;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.value.SortedSetValue;

/**
 * What the commands of the ZRANGE family ask for: a range, from which end, which part of it, and
 * whether with scores.
 */
record RangeQuery(
    ElementRange range, boolean reverse, long offset, long limit, boolean withScores) {
  private static final CommandException LIMIT_NEEDS_BOUNDS =
      CommandException.err(
          "syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX");
  private static final CommandException MEMBERS_HAVE_NO_SCORES =
      CommandException.err("syntax error, WITHSCORES not supported in combination with BYLEX");

  /** What the name of a command already says. */
  enum Form {
    /** The options say what the bounds are, and the direction; ZRANGE. */
    OPEN,
    /** Like OPEN, but there is nobody to show scores to; ZRANGESTORE. */
    STORED,
    RANKS_REVERSED,
    SCORES,
    SCORES_REVERSED,
    MEMBERS,
    MEMBERS_REVERSED
  }

  /**
   * Reads the arguments from the first bound, at {@code first}, to the last.
   *
   * @throws CommandException if they are wrong
   */
  static RangeQuery of(Args args, int first, Form form) {
    boolean open = form == Form.OPEN || form == Form.STORED;
    ElementRange.By by =
        switch (form) {
          case OPEN, STORED, RANKS_REVERSED -> ElementRange.By.RANK;
          case SCORES, SCORES_REVERSED -> ElementRange.By.SCORE;
          case MEMBERS, MEMBERS_REVERSED -> ElementRange.By.MEMBER;
        };
    boolean byIsOpen = open;
    boolean reverse =
        form == Form.RANKS_REVERSED
            || form == Form.SCORES_REVERSED
            || form == Form.MEMBERS_REVERSED;
    boolean directionIsOpen = open;
    boolean scores = false;
    long offset = 0;
    long limit = -1;
    for (int i = first + 2; i < args.count(); i++) {
      if (form != Form.STORED && args.is(i, "WITHSCORES")) {
        scores = true;
      } else if (args.is(i, "LIMIT") && i + 2 < args.count()) {
        offset = args.integer(i + 1);
        limit = args.integer(i + 2);
        i += 2;
      } else if (directionIsOpen && args.is(i, "REV")) {
        reverse = true;
        directionIsOpen = false;
      } else if (byIsOpen && args.is(i, "BYLEX")) {
        by = ElementRange.By.MEMBER;
        byIsOpen = false;
      } else if (byIsOpen && args.is(i, "BYSCORE")) {
        by = ElementRange.By.SCORE;
        byIsOpen = false;
      } else {
        throw CommandException.SYNTAX;
      }
    }
    if (limit != -1 && by == ElementRange.By.RANK) {
      throw LIMIT_NEEDS_BOUNDS;
    }
    if (scores && by == ElementRange.By.MEMBER) {
      throw MEMBERS_HAVE_NO_SCORES;
    }
    boolean swapped = reverse && by != ElementRange.By.RANK;
    int min = swapped ? first + 1 : first;
    int max = swapped ? first : first + 1;
    return new RangeQuery(ElementRange.of(by, args, min, max), reverse, offset, limit, scores);
  }

  /** Finds the ranks asked for in a set. */
  ElementRange resolve(SortedSetValue set) {
    range.resolve(set, reverse);
    if (offset != 0 || limit >= 0) {
      range.limit(offset, limit, reverse);
    }
    return range;
  }
}
