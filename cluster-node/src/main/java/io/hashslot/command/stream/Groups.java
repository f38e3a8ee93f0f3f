package io.hashslot.command.stream;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.value.PendingEntries;
import io.hashslot.value.StreamConsumer;
import io.hashslot.value.StreamGroup;
import io.hashslot.value.StreamValue;
import org.jspecify.annotations.Nullable;

/**
 * What the commands on groups have in common: finding them, and repeating elsewhere what they did.
 */
final class Groups {
  private static final CommandException NEEDS_KEY =
      CommandException.err(
          "The XGROUP subcommand requires the key to exist. Note that for CREATE you may want to"
              + " use the MKSTREAM option to create an empty stream automatically.");

  private Groups() {}

  /** Returns the group that an argument names, or null. */
  static @Nullable StreamGroup find(@Nullable StreamValue stream, Args args, int name) {
    return stream == null ? null : stream.group(args.address(name), args.length(name));
  }

  /** The error of commands that need a group, and found none, or not even its stream. */
  static CommandException none(Args args, int key, int name, String where) {
    return new CommandException(
        "NOGROUP No such key '"
            + shown(args, key)
            + "' or consumer group '"
            + shown(args, name)
            + "'"
            + where);
  }

  /** An argument as errors show it: up to the first zero byte, as in the C servers. */
  static String shown(Args args, int i) {
    String text = args.text(i);
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }

  /** Returns the stream of XGROUP, which is to be changed. */
  static StreamValue streamOfXgroup(Context ctx) {
    StreamValue stream = ctx.values().streamForWrite(ctx.key(2));
    if (stream == null) {
      throw NEEDS_KEY;
    }
    return stream;
  }

  /** Returns the group of XGROUP, which is to be changed. */
  static StreamGroup groupOfXgroup(Context ctx, Args args) {
    StreamGroup group = find(streamOfXgroup(ctx), args, 3);
    if (group == null) {
      throw noneInKey(args);
    }
    return group;
  }

  /** The error of XGROUP and XINFO. */
  static CommandException noneInKey(Args args) {
    return new CommandException(
        "NOGROUP No such consumer group '"
            + shown(args, 3)
            + "' for key name '"
            + shown(args, 2)
            + "'");
  }

  /** Returns the consumer that an argument names, made if it is missing; it has been seen now. */
  static long seen(Context ctx, Args args, Key key, StreamGroup group, int name) {
    long consumer = group.consumer(args.address(name), args.length(name));
    if (consumer == 0) {
      return create(ctx, args, key, group, name);
    }
    StreamConsumer.seenAtMs(consumer, ctx.nowMs());
    return consumer;
  }

  /** Makes the consumer that an argument names, which is missing. */
  static long create(Context ctx, Args args, Key key, StreamGroup group, int name) {
    long consumer = group.addConsumer(args.address(name), args.length(name), ctx.nowMs());
    ctx.notify(key, KeyEvent.STREAM, "xgroup-createconsumer");
    ctx.changedMany(1);
    return consumer;
  }

  // What is repeated elsewhere

  /** Repeats that an entry is pending as it is now. */
  static void repeatClaim(Context ctx, Key key, StreamGroup group) {
    PendingEntries entry = group.pending();
    long consumer = entry.consumer();
    ctx.effects()
        .command(ctx.database(), "XCLAIM", 13)
        .argument(key.address(), key.length())
        .argument(group.nameAddress(), group.nameLength())
        .argument(StreamConsumer.nameAddress(consumer), StreamConsumer.nameLength(consumer))
        .argument("0")
        .argument(StreamId.text(entry.ms(), entry.sequence()))
        .argument("TIME")
        .argument(entry.deliveredAtMs())
        .argument("RETRYCOUNT")
        .argument(entry.deliveries())
        .argument("FORCE")
        .argument("JUSTID")
        .argument("LASTID")
        .argument(StreamId.text(group.lastMs(), group.lastSequence()));
  }

  /** Repeats how far a group has read. */
  static void repeatLast(Context ctx, Key key, StreamGroup group) {
    ctx.effects()
        .command(ctx.database(), "XGROUP", 6)
        .argument("SETID")
        .argument(key.address(), key.length())
        .argument(group.nameAddress(), group.nameLength())
        .argument(StreamId.text(group.lastMs(), group.lastSequence()))
        .argument("ENTRIESREAD")
        .argument(group.entriesRead());
  }

  /** Repeats that a consumer was made. */
  static void repeatCreation(Context ctx, Key key, StreamGroup group, long consumer) {
    ctx.effects()
        .command(ctx.database(), "XGROUP", 4)
        .argument("CREATECONSUMER")
        .argument(key.address(), key.length())
        .argument(group.nameAddress(), group.nameLength())
        .argument(StreamConsumer.nameAddress(consumer), StreamConsumer.nameLength(consumer));
  }
}
