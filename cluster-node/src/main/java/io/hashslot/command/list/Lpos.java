package io.hashslot.command.list;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.structure.Needle;
import io.hashslot.value.ListSide;
import io.hashslot.value.ListValue;

/** LPOS key element [RANK rank] [COUNT num-matches] [MAXLEN len] */
final class Lpos {
  private static final long UNSET = -1;

  private static final CommandException RANK_ZERO =
      CommandException.err(
          "RANK can't be zero: use 1 to start from the first match, 2 from the second ... or use"
              + " negative to start from the end of the list");

  private Lpos() {}

  /**
   * The options.
   *
   * @param rank from 1, of the first match that counts
   * @param count how many matches are asked for, 0 for all, {@link #UNSET} for one, not in an array
   * @param mostCompared elements to look at, 0 for all
   */
  private record Options(ListSide from, long rank, long count, long mostCompared) {
    static Options of(Args args) {
      long rank = 1;
      long count = UNSET;
      long mostCompared = 0;
      for (int i = 3; i < args.count(); i++) {
        boolean more = i + 1 < args.count();
        if (more && args.is(i, "RANK")) {
          rank = args.integerBetween(++i, -Long.MAX_VALUE, Long.MAX_VALUE);
          if (rank == 0) {
            throw RANK_ZERO;
          }
        } else if (more && args.is(i, "COUNT")) {
          count = notNegative(args, ++i, "COUNT can't be negative");
        } else if (more && args.is(i, "MAXLEN")) {
          mostCompared = notNegative(args, ++i, "MAXLEN can't be negative");
        } else {
          throw CommandException.SYNTAX;
        }
      }
      ListSide from = rank < 0 ? ListSide.RIGHT : ListSide.LEFT;
      return new Options(from, Math.abs(rank), count, mostCompared);
    }

    private static long notNegative(Args args, int i, String otherwise) {
      CommandException problem = CommandException.err(otherwise);
      long number = args.integer(i, problem);
      if (number < 0) {
        throw problem;
      }
      return number;
    }
  }

  static void execute(Context ctx, Args args) {
    Options options = Options.of(args);
    ListValue list = ctx.values().list(ctx.key(1));
    int start = ctx.reply().output().position();
    long found = list == null ? 0 : find(ctx, args, options, list);
    if (options.count != UNSET) {
      ctx.reply().arrayAt(start, found);
    } else if (found == 0) {
      ctx.reply().nil();
    }
  }

  /** Replies with the index of each match that counts; returns how many there are. */
  private static long find(Context ctx, Args args, Options options, ListValue list) {
    Needle element = list.needle(args.address(2), args.length(2));
    long size = list.size();
    long most = options.mostCompared == 0 ? size : Math.min(size, options.mostCompared);
    long wanted = options.count == UNSET ? 1 : options.count == 0 ? Long.MAX_VALUE : options.count;
    long matches = 0;
    long found = 0;
    boolean more = list.seek(options.from);
    for (long i = 0; more && i < most && found < wanted; i++) {
      if (list.is(element) && ++matches >= options.rank) {
        ctx.reply().integer(options.from == ListSide.LEFT ? i : size - 1 - i);
        found++;
      }
      more = list.next(options.from);
    }
    return found;
  }
}
