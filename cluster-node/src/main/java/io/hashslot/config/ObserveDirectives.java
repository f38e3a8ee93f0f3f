package io.hashslot.config;

import static io.hashslot.config.Row.LONG;

import java.util.List;

/** Slow log, latency and statistics. */
public final class ObserveDirectives {
  static final Row.Group ROWS = new Row.Group("Observation");

  /** Microseconds from which a command is slow; 0 all, -1 none. */
  public static final Quantity SLOWLOG_LOG_SLOWER_THAN =
      ROWS.row("slowlog-log-slower-than").number(10000, -1, LONG);

  /** How many slow commands are kept. */
  public static final Quantity SLOWLOG_MAX_LEN = ROWS.row("slowlog-max-len").number(128, 0, LONG);

  /** Milliseconds from which an event is recorded; 0 for off. */
  public static final Quantity LATENCY_MONITOR_THRESHOLD =
      ROWS.row("latency-monitor-threshold").number(0, 0, LONG);

  /** Whether each command has a histogram of its latency. */
  public static final Toggle LATENCY_TRACKING = ROWS.row("latency-tracking").toggle(true);

  /** The percentiles that INFO shows. */
  public static final Structured<List<Double>> LATENCY_TRACKING_INFO_PERCENTILES =
      ROWS.row("latency-tracking-info-percentiles")
          .structured(List.of(50.0, 99.0, 99.9), new WordList.Percentiles());

  private ObserveDirectives() {}
}
