package io.hashslot.command.stream;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.command.WaitTime;

/**
 * The options of XREAD and XREADGROUP.
 *
 * @param inGroup whether it is XREADGROUP
 * @param count most entries of each stream, 0 for any number
 * @param blockMs how long to wait if nothing is there: 0 for ever, -1 not at all
 * @param noAck whether what is delivered counts as acknowledged
 * @param groupArgument where the name of the group stands, the consumer's behind it; 0 without one
 * @param firstKey where the first key stands; the ids follow the keys
 * @param streams how many keys there are
 */
record ReadOptions(
    boolean inGroup,
    int count,
    long blockMs,
    boolean noAck,
    int groupArgument,
    int firstKey,
    int streams) {

  static ReadOptions of(Context ctx, Args args, boolean inGroup) {
    long count = 0;
    long blockMs = -1;
    boolean noAck = false;
    int groupArgument = 0;
    int firstKey = 0;
    for (int i = 1; i < args.count() && firstKey == 0; i++) {
      int behind = args.count() - 1 - i;
      if (args.is(i, "BLOCK") && behind > 0) {
        blockMs = WaitTime.milliseconds(ctx, args, ++i);
      } else if (args.is(i, "COUNT") && behind > 0) {
        count = Math.max(0, args.integer(++i));
      } else if (args.is(i, "STREAMS") && behind > 0) {
        firstKey = i + 1;
      } else if (args.is(i, "GROUP") && behind > 1) {
        requireGroup(inGroup, "GROUP");
        groupArgument = i + 1;
        i += 2;
      } else if (args.is(i, "NOACK")) {
        requireGroup(inGroup, "NOACK");
        noAck = true;
      } else {
        throw CommandException.SYNTAX;
      }
    }
    if (firstKey == 0) {
      throw CommandException.SYNTAX;
    }
    int rest = args.count() - firstKey;
    if (rest % 2 != 0) {
      throw CommandException.err(
          "Unbalanced '"
              + (inGroup ? "xreadgroup" : "xread")
              + "' list of streams: for each stream key an ID or '"
              + (inGroup ? '>' : '$')
              + "' must be specified.");
    }
    if (inGroup && groupArgument == 0) {
      throw CommandException.err("Missing GROUP option for XREADGROUP");
    }
    int most = (int) Math.min(count, Integer.MAX_VALUE);
    return new ReadOptions(inGroup, most, blockMs, noAck, groupArgument, firstKey, rest / 2);
  }

  private static void requireGroup(boolean inGroup, String option) {
    if (!inGroup) {
      throw CommandException.err(
          "The " + option + " option is only supported by XREADGROUP. You called XREAD instead.");
    }
  }

  /** Ids that stand for the end make no sense in a group. */
  void refuseInGroup(char sign) {
    if (inGroup) {
      throw CommandException.err(
          "The "
              + sign
              + " ID is meaningless in the context of XREADGROUP: you want to read the history of"
              + " this consumer by specifying a proper ID, or use the > ID to get new messages. The"
              + " "
              + sign
              + " ID would just return an empty result set.");
    }
  }

  /** Settles what to read: looks at all streams, in the order they are given. */
  StreamReads settle(Context ctx, Args args) {
    StreamId[] behind = new StreamId[streams];
    for (int i = 0; i < streams; i++) {
      behind[i] = StreamReads.settle(ctx, args, this, i);
    }
    return new StreamReads(this, behind);
  }
}
