package io.hashslot.command;

import java.util.Locale;

/**
 * What a command may do, and when it may run; names as in {@code COMMAND INFO}, in its order. The
 * last ones are ours and not shown.
 */
public enum CommandFlag {
  WRITE,
  READONLY,
  DENYOOM,
  ADMIN,
  PUBSUB,
  NOSCRIPT,
  BLOCKING,
  LOADING,
  STALE,
  SKIP_MONITOR,
  SKIP_SLOWLOG,
  ASKING,
  FAST,
  NO_AUTH,
  /** May be replicated although it writes no key; held back while writes are. */
  MAY_REPLICATE(false),
  NO_MANDATORY_KEYS,
  NO_ASYNC_LOADING,
  NO_MULTI,
  ALLOW_BUSY,
  MOVABLEKEYS,
  /** Runs under the locks of all shards, for it may touch any key. */
  ALL_SHARDS(false),
  /** Runs on a worker, for it may take long; its session waits, its loop does not. */
  SLOW_LANE(false),
  /** Ends a transaction or changes its state, so it is run, not queued, within one. */
  IN_TRANSACTION(false);

  private final String label;
  private final boolean shown;

  CommandFlag() {
    this(true);
  }

  CommandFlag(boolean shown) {
    this.label = name().toLowerCase(Locale.ROOT);
    this.shown = shown;
  }

  /** Returns the flag's name in {@code COMMAND INFO}. */
  public String label() {
    return label;
  }

  /** Tells whether {@code COMMAND INFO} shows the flag. */
  public boolean shown() {
    return shown;
  }

  /** Returns the flag's bit. */
  public long bit() {
    return 1L << ordinal();
  }
}
