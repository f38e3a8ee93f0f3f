package io.hashslot.observe;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/** Latency events for people to read: LATENCY DOCTOR and LATENCY GRAPH. */
public final class LatencyReport {
  private static final int ROWS = 4;
  private static final String MARKS = "_.o#";

  private LatencyReport() {}

  /** Explains what took long. */
  public static String doctor(LatencyEvents events) {
    if (!events.enabled()) {
      return "Latency monitoring is off: CONFIG SET latency-monitor-threshold <milliseconds> turns"
          + " it on.\n";
    }
    SortedMap<String, LatencyEvents.Series> all = events.all();
    if (all.isEmpty()) {
      return "No event has taken longer than latency-monitor-threshold so far.\n";
    }
    var text = new StringBuilder("These events took longer than latency-monitor-threshold:\n");
    int number = 0;
    for (var event : all.entrySet()) {
      LatencyEvents.Series series = event.getValue();
      List<LatencyEvents.Sample> samples = series.samples();
      double average = samples.stream().mapToLong(LatencyEvents.Sample::tookMs).average().orElse(0);
      double deviation =
          samples.stream().mapToDouble(one -> Math.abs(one.tookMs() - average)).average().orElse(0);
      text.append(
          String.format(
              Locale.ROOT,
              "%n%d. %s: %d times, %.0f ms on average, mean deviation %.0f ms, at worst %d ms.%n",
              ++number,
              event.getKey(),
              samples.size(),
              average,
              deviation,
              series.worstMs()));
    }
    if (all.containsKey(LatencyEvents.COMMAND)) {
      text.append(
          "\n- SLOWLOG GET shows which commands were slow and with which arguments; commands that"
              + " look at all elements of large values are the usual cause.\n");
    }
    if (all.containsKey(LatencyEvents.FAST_COMMAND)) {
      text.append(
          "\n- Commands that should be fast were slow: the machine may be short of processors, or"
              + " its memory swapped out.\n");
    }
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  /** Draws the times of one event, oldest at the left, with their age below. */
  public static String graph(String event, LatencyEvents.Series series, long nowMs) {
    List<LatencyEvents.Sample> samples = series.samples();
    long high = samples.stream().mapToLong(LatencyEvents.Sample::tookMs).max().orElse(0);
    long low = samples.stream().mapToLong(LatencyEvents.Sample::tookMs).min().orElse(0);
    var text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s - high %d ms, low %d ms (all time high %d ms)\n",
            event,
            high,
            low,
            series.worstMs()));
    text.append("-".repeat(80)).append('\n');
    for (int row = ROWS - 1; row >= 0; row--) {
      for (LatencyEvents.Sample sample : samples) {
        long steps = (long) ROWS * MARKS.length();
        long height = high == low ? 1 : 1 + (sample.tookMs() - low) * (steps - 1) / (high - low);
        long here = height - (long) row * MARKS.length();
        text.append(here <= 0 ? ' ' : here > MARKS.length() ? '|' : MARKS.charAt((int) here - 1));
      }
      text.append('\n');
    }
    text.append('\n');
    List<String> ages =
        samples.stream().map(sample -> age(nowMs / 1000 - sample.atSeconds())).toList();
    for (int row = 0; row < 4; row++) {
      for (String age : ages) {
        text.append(row < age.length() ? age.charAt(row) : ' ');
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String age(long seconds) {
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3600) {
      return seconds / 60 + "m";
    }
    return seconds < 86_400 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
  }
}
