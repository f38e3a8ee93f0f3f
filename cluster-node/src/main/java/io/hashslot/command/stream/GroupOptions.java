package io.hashslot.command.stream;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.value.StreamGroup;
import io.hashslot.value.StreamValue;
import org.jspecify.annotations.Nullable;

/**
 * The options of XGROUP CREATE and XGROUP SETID.
 *
 * @param makeStream whether a stream is made if there is none
 * @param entriesRead how many entries the group has read, or {@link StreamGroup#UNKNOWN}
 */
record GroupOptions(boolean makeStream, long entriesRead) {
  private static final int FIRST = 5;

  static GroupOptions of(Args args, boolean creating) {
    boolean makeStream = false;
    long entriesRead = StreamGroup.UNKNOWN;
    for (int i = FIRST; i < args.count(); i++) {
      if (creating && args.is(i, "MKSTREAM")) {
        makeStream = true;
      } else if (args.is(i, "ENTRIESREAD") && i + 1 < args.count()) {
        entriesRead = args.integer(++i);
        if (entriesRead < 0 && entriesRead != StreamGroup.UNKNOWN) {
          throw CommandException.err("value for ENTRIESREAD must be positive or -1");
        }
      } else {
        throw CommandException.err(
            "unknown subcommand or wrong number of arguments for '"
                + args.text(1)
                + "'. Try XGROUP HELP.");
      }
    }
    return new GroupOptions(makeStream, entriesRead);
  }

  /** Whether argument 4 stands for the last id of the stream. */
  static boolean isLast(Args args) {
    return StreamId.isSign(args, 4, '$');
  }

  /** Returns the last id of a stream; the least without one. */
  static StreamId last(@Nullable StreamValue stream) {
    return stream == null ? StreamId.LEAST : new StreamId(stream.lastMs(), stream.lastSequence());
  }
}
