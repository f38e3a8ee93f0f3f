package io.hashslot.command.sortedset;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.value.SortedSetValue;

/**
 * ZUNION numkeys key [key ...] [WEIGHTS weight [weight ...]] [AGGREGATE SUM | MIN | MAX]
 * [WITHSCORES], and ZUNIONSTORE
 */
final class Zunion {
  private Zunion() {}

  static void execute(Context ctx, Args args) {
    Combination combination = Combination.of(ctx, args, 1, Combination.Form.WEIGHTED);
    CombinedReply.reply(ctx, combination, Zunion::into);
  }

  /**
   * ZUNIONSTORE destination numkeys key [key ...] [WEIGHTS weight [weight ...]] [AGGREGATE SUM |
   * MIN | MAX]
   */
  static void stored(Context ctx, Args args) {
    Combination combination = Combination.of(ctx, args, 2, Combination.Form.WEIGHTED_STORED);
    CombinedReply.store(ctx, combination, Zunion::into, "zunionstore");
  }

  private static void into(Combination combination, SortedSetValue result) {
    Combination.Aggregate aggregate = combination.aggregate();
    for (Operand operand : combination.bySize()) {
      operand.each(
          (address, length, score) -> {
            double weighted = Combination.orZero(score * operand.weight());
            double before = result.find(address, length);
            if (Double.isNaN(before)) {
              result.add(weighted, address, length);
            } else {
              result.move(aggregate.of(before, weighted), address, length);
            }
            return true;
          });
    }
  }
}
