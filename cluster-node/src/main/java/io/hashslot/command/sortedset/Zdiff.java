package io.hashslot.command.sortedset;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.value.SortedSetValue;
import java.util.List;

/** ZDIFF numkeys key [key ...] [WITHSCORES], and ZDIFFSTORE */
final class Zdiff {
  private Zdiff() {}

  static void execute(Context ctx, Args args) {
    Combination combination = Combination.of(ctx, args, 1, Combination.Form.PLAIN);
    CombinedReply.reply(ctx, combination, Zdiff::into);
  }

  /** ZDIFFSTORE destination numkeys key [key ...] */
  static void stored(Context ctx, Args args) {
    Combination combination = Combination.of(ctx, args, 2, Combination.Form.PLAIN_STORED);
    CombinedReply.store(ctx, combination, Zdiff::into, "zdiffstore");
  }

  private static void into(Combination combination, SortedSetValue result) {
    List<Operand> operands = combination.operands();
    operands
        .getFirst()
        .each(
            (address, length, score) -> {
              for (int i = 1; i < operands.size(); i++) {
                if (!Double.isNaN(operands.get(i).find(address, length))) {
                  return true;
                }
              }
              if (Double.isNaN(result.find(address, length))) {
                result.add(score, address, length);
              }
              return true;
            });
  }
}
