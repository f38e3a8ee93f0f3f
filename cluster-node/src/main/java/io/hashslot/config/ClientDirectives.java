package io.hashslot.config;

import static io.hashslot.config.Row.INT;
import static io.hashslot.config.Row.LONG;

/** What clients may do and how much of it. */
public final class ClientDirectives {
  static final Row.Group ROWS = new Row.Group("Clients");

  /** How many clients may be connected at once. */
  public static final Quantity MAXCLIENTS = ROWS.row("maxclients").number(10000, 1, 4_294_967_295L);

  /** Seconds after which a silent client is disconnected; 0 never. */
  public static final Quantity TIMEOUT = ROWS.row("timeout").number(0, 0, INT);

  /** The largest argument in bytes. */
  public static final Quantity PROTO_MAX_BULK_LEN =
      ROWS.row("proto-max-bulk-len").memory(512L << 20, 1 << 20, LONG);

  /** How many bytes of unfinished requests a client may hold. */
  public static final Quantity CLIENT_QUERY_BUFFER_LIMIT =
      ROWS.row("client-query-buffer-limit").memory(1L << 30, 1 << 20, LONG);

  /** What may wait to be sent to a client. */
  public static final Structured<OutputLimits> CLIENT_OUTPUT_BUFFER_LIMIT =
      ROWS.row("client-output-buffer-limit")
          .structured(OutputLimits.DEFAULT, new OutputLimits.Form());

  /**
   * Memory of all clients together, in bytes or (negative) percent of maxmemory; 0 for no limit.
   */
  public static final Quantity MAXMEMORY_CLIENTS =
      ROWS.row("maxmemory-clients").memoryOrPercent(0, 0, LONG);

  /** How many keys are remembered for client-side caching; 0 for no limit. */
  public static final Quantity TRACKING_TABLE_MAX_KEYS =
      ROWS.row("tracking-table-max-keys").comesWith("client-side caching").number(1000000, 0, LONG);

  /** Milliseconds after which a running script makes others answer BUSY. */
  public static final Quantity BUSY_REPLY_THRESHOLD =
      ROWS.row("busy-reply-threshold")
          .comesWith("scripts")
          .alias("lua-time-limit")
          .number(5000, 0, LONG);

  /** Which events of keys are published; see {@link KeyspaceEvents}. */
  public static final Structured<Integer> NOTIFY_KEYSPACE_EVENTS =
      ROWS.row("notify-keyspace-events").structured(0, new KeyspaceEvents.Form());

  private ClientDirectives() {}
}
