package io.hashslot.command.sortedset;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.value.SortedSetValue;
import java.util.List;

/**
 * ZINTER numkeys key [key ...] [WEIGHTS weight [weight ...]] [AGGREGATE SUM | MIN | MAX]
 * [WITHSCORES], and ZINTERSTORE
 */
final class Zinter {
  private Zinter() {}

  static void execute(Context ctx, Args args) {
    Combination combination = Combination.of(ctx, args, 1, Combination.Form.WEIGHTED);
    CombinedReply.reply(ctx, combination, Zinter::into);
  }

  /**
   * ZINTERSTORE destination numkeys key [key ...] [WEIGHTS weight [weight ...]] [AGGREGATE SUM |
   * MIN | MAX]
   */
  static void stored(Context ctx, Args args) {
    Combination combination = Combination.of(ctx, args, 2, Combination.Form.WEIGHTED_STORED);
    CombinedReply.store(ctx, combination, Zinter::into, "zinterstore");
  }

  private static void into(Combination combination, SortedSetValue result) {
    List<Operand> operands = combination.bySize();
    Combination.Aggregate aggregate = combination.aggregate();
    Operand smallest = operands.getFirst();
    smallest.each(
        (address, length, score) -> {
          double total = Combination.orZero(score * smallest.weight());
          for (int i = 1; i < operands.size(); i++) {
            Operand other = operands.get(i);
            double found = other.find(address, length);
            if (Double.isNaN(found)) {
              return true;
            }
            total = aggregate.of(total, found * other.weight());
          }
          if (Double.isNaN(result.find(address, length))) {
            result.add(total, address, length);
          }
          return true;
        });
  }
}
