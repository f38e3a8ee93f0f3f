package io.hashslot.command.stream;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.value.StreamGroup;
import io.hashslot.value.StreamValue;

/** XGROUP SETID key group id | $ [ENTRIESREAD entries-read] */
final class XgroupSetid {
  private XgroupSetid() {}

  static void execute(Context ctx, Args args) {
    GroupOptions options = GroupOptions.of(args, false);
    StreamValue stream = Groups.streamOfXgroup(ctx);
    StreamGroup group = Groups.find(stream, args, 3);
    if (group == null) {
      throw Groups.noneInKey(args);
    }
    StreamId id =
        GroupOptions.isLast(args) ? GroupOptions.last(stream) : StreamRange.inclusive(args, 4, 0);
    group.last(id.ms(), id.sequence());
    group.entriesRead(options.entriesRead());
    ctx.changedMany(1);
    ctx.notify(ctx.key(2), KeyEvent.STREAM, "xgroup-setid");
    ctx.reply().ok();
  }
}
