package io.hashslot.command.stream;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.value.StreamEntries;
import io.hashslot.value.StreamValue;
import org.jspecify.annotations.Nullable;

/** XSETID key last-id [ENTRIESADDED entries-added] [MAXDELETEDID max-deleted-id] */
final class Xsetid {
  private static final String SMALLER = "The ID specified in XSETID is smaller than ";

  /** What else is to be set; a greatest deleted id of 0-0 says nothing. */
  private record Options(@Nullable Long entriesAdded, StreamId maxDeleted) {
    static Options of(Args args, StreamId id) {
      Long entriesAdded = null;
      StreamId maxDeleted = StreamId.LEAST;
      for (int i = 3; i < args.count(); i += 2) {
        boolean more = i + 1 < args.count();
        if (more && args.is(i, "ENTRIESADDED")) {
          entriesAdded = args.integer(i + 1);
          if (entriesAdded < 0) {
            throw CommandException.err("entries_added must be positive");
          }
        } else if (more && args.is(i, "MAXDELETEDID")) {
          maxDeleted = StreamId.of(args, i + 1, 0);
          if (id.compareTo(maxDeleted) < 0) {
            throw CommandException.err(SMALLER + "the provided max_deleted_entry_id");
          }
        } else {
          throw CommandException.SYNTAX;
        }
      }
      return new Options(entriesAdded, maxDeleted);
    }
  }

  private Xsetid() {}

  static void execute(Context ctx, Args args) {
    StreamId id = StreamId.of(args, 2, 0);
    Options options = Options.of(args, id);
    Key key = ctx.key(1);
    StreamValue stream = ctx.values().streamForWrite(key);
    if (stream == null) {
      throw CommandException.NO_SUCH_KEY;
    }
    if (id.compareTo(new StreamId(stream.maxDeletedMs(), stream.maxDeletedSequence())) < 0) {
      throw CommandException.err(SMALLER + "current max_deleted_entry_id");
    }
    StreamEntries last = EntryReply.walk(stream, StreamId.LEAST, StreamId.GREATEST, true);
    if (last.next() && id.compareTo(new StreamId(last.ms(), last.sequence())) < 0) {
      throw CommandException.err(SMALLER + "the target stream top item");
    }
    Long entriesAdded = options.entriesAdded;
    if (entriesAdded != null && entriesAdded < stream.size()) {
      throw CommandException.err(
          "The entries_added specified in XSETID is smaller than the target stream length");
    }
    stream.last(id.ms(), id.sequence());
    if (entriesAdded != null) {
      stream.entriesAdded(entriesAdded);
    }
    if (!options.maxDeleted.equals(StreamId.LEAST)) {
      stream.maxDeleted(options.maxDeleted.ms(), options.maxDeleted.sequence());
    }
    ctx.changedMany(1);
    ctx.notify(key, KeyEvent.STREAM, "xsetid");
    ctx.reply().ok();
  }
}
