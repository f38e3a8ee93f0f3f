package io.hashslot.command.stream;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.value.StreamGroup;
import io.hashslot.value.StreamValue;

/** XGROUP CREATE key group id | $ [MKSTREAM] [ENTRIESREAD entries-read] */
final class XgroupCreate {
  private static final CommandException EXISTS =
      new CommandException("BUSYGROUP Consumer Group name already exists");

  private XgroupCreate() {}

  static void execute(Context ctx, Args args) {
    GroupOptions options = GroupOptions.of(args, true);
    Key key = ctx.key(2);
    if (!options.makeStream()) {
      Groups.streamOfXgroup(ctx);
    }
    StreamValue present = ctx.values().streamForWrite(key);
    StreamId id = GroupOptions.isLast(args) ? GroupOptions.last(present) : StreamId.of(args, 4, 0);
    StreamValue stream = present == null ? ctx.values().streamOrNew(key) : present;
    if (Groups.find(stream, args, 3) != null) {
      throw EXISTS;
    }
    StreamGroup group = stream.addGroup(args.address(3), args.length(3));
    group.last(id.ms(), id.sequence());
    group.entriesRead(options.entriesRead());
    if (present == null) {
      ctx.changed(key);
    }
    ctx.changedMany(1);
    ctx.notify(key, KeyEvent.STREAM, "xgroup-create");
    ctx.reply().ok();
  }
}
