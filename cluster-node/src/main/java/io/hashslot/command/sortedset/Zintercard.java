package io.hashslot.command.sortedset;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import java.util.List;

/** ZINTERCARD numkeys key [key ...] [LIMIT limit] */
final class Zintercard {
  private Zintercard() {}

  static void execute(Context ctx, Args args) {
    Combination combination = Combination.of(ctx, args, 1, Combination.Form.COUNTED);
    Counter counter = new Counter(combination.bySize(), combination.limit());
    combination.bySize().getFirst().each(counter);
    ctx.reply().integer(counter.count);
  }

  /** Counts the members of the first set that are in all others. */
  private static final class Counter implements Operand.Visitor {
    private final List<Operand> operands;
    private final long limit;
    private long count;

    Counter(List<Operand> operands, long limit) {
      this.operands = operands;
      this.limit = limit;
    }

    @Override
    public boolean visit(long address, int length, double score) {
      for (int i = 1; i < operands.size(); i++) {
        if (Double.isNaN(operands.get(i).find(address, length))) {
          return true;
        }
      }
      count++;
      return count != limit;
    }
  }
}
