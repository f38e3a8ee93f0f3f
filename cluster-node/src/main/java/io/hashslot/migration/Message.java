package io.hashslot.migration;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What source and target say to each other once the migration is agreed on. */
enum Message {
  /** "I am still there". Both. */
  ACK,

  /** All keys were sent as they were at the cut. Source. */
  SNAPSHOT_EOF,

  /** The snapshot is here; pause when there is little left to send. Target. */
  REQUEST_PAUSE,

  /** Nobody writes any more, and this is the end of what was written. Source. */
  PAUSED,

  /** Everything is here: may I take the slots? Target. */
  REQUEST_FAILOVER,

  /** Take them. Source. */
  FAILOVER_GRANTED;

  private static final String COMMAND = "CLUSTER";
  private static final String SUBCOMMAND = "SYNCSLOTS";

  /** The word on the wire. */
  String word() {
    return name().replace('_', '-');
  }

  /** The message as a command. */
  byte[] bytes() {
    return Commands.encode(List.of(COMMAND, SUBCOMMAND, word()));
  }

  /** The message with this word, in any case; null if there is none. */
  static @Nullable Message of(String word) {
    String wanted = word.toUpperCase(Locale.ROOT);
    for (Message message : values()) {
      if (message.word().equals(wanted)) {
        return message;
      }
    }
    return null;
  }

  /** The message that a command holds; null if it is none. */
  static @Nullable Message of(List<String> words) {
    boolean ours =
        words.size() == 3
            && words.get(0).equalsIgnoreCase(COMMAND)
            && words.get(1).equalsIgnoreCase(SUBCOMMAND);
    return ours ? of(words.get(2)) : null;
  }
}
