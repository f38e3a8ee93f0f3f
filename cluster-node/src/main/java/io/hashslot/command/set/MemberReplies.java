package io.hashslot.command.set;

import io.hashslot.resp.ReplyWriter;
import io.hashslot.structure.SetMember;
import io.hashslot.value.SetValue;

/** Replies with members as they come, and counts them. */
final class MemberReplies implements SetValue.Members {
  private final ReplyWriter reply;
  private final int start;
  private long count;

  MemberReplies(ReplyWriter reply) {
    this.reply = reply;
    start = reply.output().position();
  }

  @Override
  public boolean member(SetMember member) {
    write(reply, member);
    count++;
    return true;
  }

  /** How many there were. */
  long count() {
    return count;
  }

  /** Makes what has been written a reply of the type of sets. */
  void endSet() {
    reply.setAt(start, count);
  }

  /** Makes what has been written an array. */
  void endArray() {
    reply.arrayAt(start, count);
  }

  /** Writes one member. */
  static void write(ReplyWriter reply, SetMember member) {
    reply.bulk(member.address(), member.length());
  }

  /** Replies with all members of a set. */
  static void all(ReplyWriter reply, SetValue set) {
    reply.set(set.size());
    set.each(new MemberReplies(reply));
  }
}
