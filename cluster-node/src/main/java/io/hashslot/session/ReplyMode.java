package io.hashslot.session;

/** What the client has asked about replies, in {@code CLIENT REPLY}. */
public enum ReplyMode {
  ON,
  OFF,
  /** Off for the command that asked, then {@link #SKIP}. */
  SKIP_NEXT,
  /** Off for one command, then on. */
  SKIP;

  /** Returns the mode after one more reply. */
  ReplyMode next() {
    return switch (this) {
      case SKIP_NEXT -> SKIP;
      case SKIP -> ON;
      default -> this;
    };
  }
}
