package io.hashslot.command.stream;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.structure.IdTree;
import io.hashslot.value.StreamValue;

/**
 * XADD key [NOMKSTREAM] [MAXLEN | MINID [= | ~] threshold [LIMIT count]] * | id field value [field
 * value ...]
 */
final class Xadd {
  private static final CommandException NO_FIELDS =
      CommandException.err("wrong number of arguments for 'xadd' command");
  private static final CommandException ZERO =
      CommandException.err("The ID specified in XADD must be greater than 0-0");
  private static final CommandException TOO_SMALL =
      CommandException.err(
          "The ID specified in XADD is equal or smaller than the target stream top item");
  private static final CommandException EXHAUSTED =
      CommandException.err(
          "The stream has exhausted the last possible ID, unable to add more items");
  private static final CommandException TOO_LARGE =
      CommandException.err("Elements are too large to be stored");

  /** How much of the id the client has left to us. */
  private enum Given {
    NOTHING,
    MILLISECONDS,
    ALL
  }

  private Xadd() {}

  static void execute(Context ctx, Args args) {
    TrimOptions trim = new TrimOptions();
    boolean existing = false;
    int at = 2;
    while (at < args.count() && !StreamId.isSign(args, at, '*')) {
      int behind = trim.read(args, at);
      if (behind == at) {
        if (!args.is(at, "NOMKSTREAM")) {
          break;
        }
        existing = true;
        behind++;
      }
      at = behind;
    }
    Given given = at < args.count() ? given(args, at) : Given.ALL;
    StreamId id = at < args.count() ? id(args, at, given) : StreamId.GREATEST;
    trim.check(ctx, false);
    int fields = args.count() - at - 1;
    if (fields < 2 || fields % 2 != 0) {
      throw NO_FIELDS;
    }
    if (given == Given.ALL && id.equals(StreamId.LEAST)) {
      throw ZERO;
    }
    if (!StreamValue.fits(args.request(), at + 1)) {
      throw TOO_LARGE;
    }
    Key key = ctx.key(1);
    if (existing && ctx.values().streamForWrite(key) == null) {
      ctx.reply().nil();
      return;
    }
    StreamValue stream = ctx.values().streamOrNew(key);
    append(ctx, args, stream, id, given, at);
    ctx.changed(key, KeyEvent.STREAM, "xadd");
    ctx.signal(key);
    if (trim.trims() && trim.apply(ctx, stream) > 0) {
      ctx.notify(key, KeyEvent.STREAM, "xtrim");
    }
    if (given != Given.ALL || trim.rough()) {
      repeat(ctx, args, stream, trim, given == Given.ALL ? -1 : at);
    }
  }

  private static Given given(Args args, int at) {
    if (StreamId.isSign(args, at, '*')) {
      return Given.NOTHING;
    }
    return StreamId.hasOpenSequence(args, at) ? Given.MILLISECONDS : Given.ALL;
  }

  private static StreamId id(Args args, int at, Given given) {
    return switch (given) {
      case NOTHING -> StreamId.LEAST;
      case MILLISECONDS -> StreamId.withOpenSequence(args, at);
      case ALL -> StreamId.of(args, at, 0);
    };
  }

  /** Adds the entry under the id it gets now, and replies with that. */
  private static void append(
      Context ctx, Args args, StreamValue stream, StreamId id, Given given, int at) {
    long lastMs = stream.lastMs();
    long lastSequence = stream.lastSequence();
    if (lastMs == -1 && lastSequence == -1) {
      throw EXHAUSTED;
    }
    long ms = id.ms();
    long sequence = id.sequence();
    switch (given) {
      case NOTHING -> {
        boolean later = Long.compareUnsigned(ctx.nowMs(), lastMs) > 0;
        ms = later ? ctx.nowMs() : lastSequence == -1 ? lastMs + 1 : lastMs;
        sequence = later ? 0 : lastSequence + 1;
      }
      case MILLISECONDS -> sequence = ms == lastMs ? lastSequence + 1 : 0;
      case ALL -> {}
    }
    if (IdTree.compare(ms, sequence, lastMs, lastSequence) <= 0) {
      throw TOO_SMALL;
    }
    stream.append(ms, sequence, args.request(), at + 1);
    EntryReply.id(ctx.reply(), ms, sequence);
  }

  /**
   * What others repeat has the id that came of it, and an exact threshold.
   *
   * @param openId where the id stands that the client has left to us; -1 if it has not
   */
  private static void repeat(
      Context ctx, Args args, StreamValue stream, TrimOptions trim, int openId) {
    if (!ctx.effects().wanted()) {
      return;
    }
    ctx.effects().command(ctx.database(), args.count());
    for (int i = 0; i < args.count(); i++) {
      if (i == openId) {
        ctx.effects().argument(StreamId.text(stream.lastMs(), stream.lastSequence()));
      } else {
        trim.repeated(ctx, args, i, stream);
      }
    }
  }
}
