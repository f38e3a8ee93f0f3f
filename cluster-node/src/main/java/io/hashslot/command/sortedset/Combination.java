package io.hashslot.command.sortedset;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What ZUNION, ZINTER, ZDIFF and their kin are asked: the sets, how their scores become one, and
 * what to reply.
 */
final class Combination {
  /** Which options there are. */
  enum Form {
    /** Weights and an aggregate, and scores in the reply. */
    WEIGHTED,
    /** Weights and an aggregate; the result is stored. */
    WEIGHTED_STORED,
    /** Scores in the reply. */
    PLAIN,
    /** None; the result is stored. */
    PLAIN_STORED,
    /** A limit; only the number of elements is asked for. */
    COUNTED
  }

  /** How several scores of a member become one. */
  enum Aggregate {
    SUM,
    MIN,
    MAX;

    /** The score that two scores become. */
    double of(double one, double other) {
      return switch (this) {
        case SUM -> orZero(one + other);
        case MIN -> other < one ? other : one;
        case MAX -> other > one ? other : one;
      };
    }
  }

  private final List<Operand> operands = new ArrayList<>();
  private final int firstKey;
  private Aggregate aggregate = Aggregate.SUM;
  private boolean withScores;
  private long limit;

  private Combination(int firstKey) {
    this.firstKey = firstKey;
  }

  /**
   * Reads the arguments from the number of keys on, and looks the keys up.
   *
   * @throws CommandException if they are wrong
   */
  static Combination of(Context ctx, Args args, int numkeys, Form form) {
    long keys = args.integer(numkeys);
    if (keys < 1) {
      throw CommandException.err(
          "at least 1 input key is needed for '" + ctx.command().name() + "' command");
    }
    if (keys > args.count() - (numkeys + 1)) {
      throw CommandException.SYNTAX;
    }
    Combination combination = new Combination(numkeys + 1);
    for (int i = 0; i < keys; i++) {
      combination.operands.add(Operand.at(ctx, numkeys + 1 + i));
    }
    combination.options(args, numkeys + 1 + (int) keys, form);
    return combination;
  }

  private void options(Args args, int first, Form form) {
    boolean weighted = form == Form.WEIGHTED || form == Form.WEIGHTED_STORED;
    boolean shown = form == Form.WEIGHTED || form == Form.PLAIN;
    int i = first;
    while (i < args.count()) {
      int left = args.count() - i;
      if (weighted && left > operands.size() && args.is(i, "WEIGHTS")) {
        weights(args, i + 1);
        i += 1 + operands.size();
      } else if (weighted && left >= 2 && args.is(i, "AGGREGATE")) {
        aggregate = aggregate(args, i + 1);
        i += 2;
      } else if (shown && args.is(i, "WITHSCORES")) {
        withScores = true;
        i++;
      } else if (form == Form.COUNTED && left >= 2 && args.is(i, "LIMIT")) {
        CommandException negative = CommandException.err("LIMIT can't be negative");
        limit = args.integer(i + 1, negative);
        if (limit < 0) {
          throw negative;
        }
        i += 2;
      } else {
        throw CommandException.SYNTAX;
      }
    }
  }

  private void weights(Args args, int first) {
    for (int i = 0; i < operands.size(); i++) {
      double weight =
          io.hashslot.resp.DoubleText.parse(args.address(first + i), args.length(first + i));
      if (Double.isNaN(weight)) {
        throw CommandException.err("weight value is not a float");
      }
      operands.get(i).weight(weight);
    }
  }

  private static Aggregate aggregate(Args args, int i) {
    if (args.is(i, "SUM")) {
      return Aggregate.SUM;
    }
    if (args.is(i, "MIN")) {
      return Aggregate.MIN;
    }
    if (args.is(i, "MAX")) {
      return Aggregate.MAX;
    }
    throw CommandException.SYNTAX;
  }

  /** Infinity times zero, and infinity less infinity, count as 0. */
  static double orZero(double score) {
    return Double.isNaN(score) ? 0 : score;
  }

  /** The argument that is the first key. */
  int firstKey() {
    return firstKey;
  }

  /** The sets in the order given. */
  List<Operand> operands() {
    return operands;
  }

  /** The sets, small ones first: the order in which scores are added up can be seen in the sum. */
  List<Operand> bySize() {
    List<Operand> sorted = new ArrayList<>(operands);
    sorted.sort(Comparator.comparingLong(Operand::size));
    return sorted;
  }

  Aggregate aggregate() {
    return aggregate;
  }

  boolean withScores() {
    return withScores;
  }

  /** How many elements are enough; 0: all are asked for. */
  long limit() {
    return limit;
  }
}
