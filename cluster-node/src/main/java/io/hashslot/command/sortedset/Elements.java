package io.hashslot.command.sortedset;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.resp.DoubleText;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.structure.Slice;
import io.hashslot.value.SortedSetValue;

/** Elements and scores as arguments and in replies. */
final class Elements {
  private Elements() {}

  /**
   * Reads an argument that is a score.
   *
   * @throws CommandException {@link CommandException#NOT_FLOAT}
   */
  static double score(Args args, int i) {
    double score = DoubleText.parse(args.address(i), args.length(i));
    if (Double.isNaN(score)) {
      throw CommandException.NOT_FLOAT;
    }
    return score;
  }

  /** Replies with the member that a set stands on. */
  static void replyMember(ReplyWriter reply, SortedSetValue set) {
    Slice member = set.member();
    reply.bulk(member.address(), member.length());
  }

  /** Begins an array of elements: RESP3 has a pair for each that comes with its score. */
  static void beginArray(ReplyWriter reply, long count, boolean scores) {
    reply.array(scores && !reply.resp3() ? count * 2 : count);
  }

  /** Replies with the element that a set stands on, as part of such an array. */
  static void reply(ReplyWriter reply, SortedSetValue set, boolean scores) {
    if (!scores) {
      replyMember(reply, set);
      return;
    }
    if (reply.resp3()) {
      reply.array(2);
    }
    replyMember(reply, set);
    reply.real(set.score());
  }

  /** Replies with the elements of a range of ranks, in one direction or the other. */
  static void replyRange(
      ReplyWriter reply, SortedSetValue set, long from, long to, boolean reverse, boolean scores) {
    long count = to - from;
    beginArray(reply, count, scores);
    if (count == 0) {
      return;
    }
    set.select(reverse ? to - 1 : from);
    reply(reply, set, scores);
    for (long i = 1; i < count; i++) {
      boolean _ = reverse ? set.previous() : set.next();
      reply(reply, set, scores);
    }
  }
}
