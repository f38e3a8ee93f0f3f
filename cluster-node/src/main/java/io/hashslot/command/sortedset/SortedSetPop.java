package io.hashslot.command.sortedset;

import io.hashslot.command.Context;
import io.hashslot.keyspace.Key;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.value.SortedSetValue;

/** Takes the least or the greatest elements out of a set and replies with them. */
enum SortedSetPop {
  MIN("zpopmin", "ZPOPMIN"),
  MAX("zpopmax", "ZPOPMAX");

  private final String event;
  private final String commandName;

  SortedSetPop(String event, String commandName) {
    this.event = event;
    this.commandName = commandName;
  }

  /** The name of the command that pops from this end of one set. */
  String commandName() {
    return commandName;
  }

  /**
   * Replies with one element, as member and score: two replies within an array that the caller has
   * begun. Removes it from the set, which is not empty and was looked up to be changed.
   */
  void one(Context ctx, Key key, SortedSetValue set) {
    ReplyWriter reply = ctx.reply();
    set.select(this == MIN ? 0 : set.size() - 1);
    Elements.replyMember(reply, set);
    reply.real(set.score());
    remove(ctx, key, set, 1);
  }

  /**
   * Replies with an array of up to {@code count} elements and removes them.
   *
   * @param pairs whether each is an array of its own, in RESP2, too
   * @return how many they were
   */
  long several(Context ctx, Key key, SortedSetValue set, long count, boolean pairs) {
    ReplyWriter reply = ctx.reply();
    long size = set.size();
    long popped = Math.min(count, size);
    reply.array(pairs ? popped : popped * 2);
    set.select(this == MIN ? 0 : size - 1);
    for (long left = popped; left > 0; left--) {
      if (pairs) {
        reply.array(2);
      }
      Elements.replyMember(reply, set);
      reply.real(set.score());
      boolean _ = this == MIN ? set.next() : set.previous();
    }
    remove(ctx, key, set, popped);
    return popped;
  }

  private void remove(Context ctx, Key key, SortedSetValue set, long popped) {
    set.removeRange(this == MIN ? 0 : set.size() - popped, popped);
    Zrem.removed(ctx, key, popped, event);
  }

  /** Lets replicas repeat the pop of {@code count} elements from a key, and nothing else. */
  void repeat(Context ctx, Key key, long count) {
    ctx.effects()
        .command(ctx.database(), commandName, 2)
        .argument(key.address(), key.length())
        .argument(count);
  }
}
