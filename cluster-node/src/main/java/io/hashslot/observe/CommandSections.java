package io.hashslot.observe;

import io.hashslot.command.CommandSpec;
import io.hashslot.command.CommandTable;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/** The sections of INFO about commands: how often, how long, with which errors. */
public final class CommandSections {
  private CommandSections() {}

  /** Calls and time of each command that has run. */
  public static InfoSection commandStats(CommandTable table, Statistics statistics) {
    return section(
        "Commandstats",
        text -> {
          for (CommandSpec row : table.all()) {
            Statistics.Row figures = statistics.row(row.index());
            if (figures.calls() + figures.failed() + figures.rejected() > 0) {
              long us = figures.nanos() / 1000;
              double each = figures.calls() == 0 ? 0 : us / (double) figures.calls();
              text.field(
                  "cmdstat_" + row.name(),
                  String.format(
                      Locale.ROOT,
                      "calls=%d,usec=%d,usec_per_call=%.2f,rejected_calls=%d,failed_calls=%d",
                      figures.calls(),
                      us,
                      each,
                      figures.rejected(),
                      figures.failed()));
            }
          }
        });
  }

  /** Error replies by their code. */
  public static InfoSection errorStats(Statistics statistics) {
    return section(
        "Errorstats",
        text ->
            statistics.errors().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .forEach(
                    error ->
                        text.field(
                            "errorstat_" + error.getKey(), "count=" + error.getValue().sum())));
  }

  /** Percentiles of each command's time, in microseconds. */
  public static InfoSection latencyStats(
      CommandTable table, Statistics statistics, Supplier<List<Double>> percentiles) {
    return section(
        "Latencystats",
        text -> {
          for (CommandSpec row : table.all()) {
            if (statistics.row(row.index()).calls() > 0) {
              text.field(
                  "latency_percentiles_usec_" + row.name(),
                  percentiles(statistics.latency(row.index()), percentiles.get()));
            }
          }
        });
  }

  private static String percentiles(Histogram histogram, List<Double> wanted) {
    StringBuilder line = new StringBuilder();
    for (double percentile : wanted) {
      if (!line.isEmpty()) {
        line.append(',');
      }
      String name =
          percentile == Math.rint(percentile)
              ? String.valueOf((long) percentile)
              : String.valueOf(percentile);
      double us = histogram.getValueAtPercentile(percentile) / 1000.0;
      line.append('p').append(name).append('=').append(String.format(Locale.ROOT, "%.3f", us));
    }
    return line.toString();
  }

  private static InfoSection section(String name, java.util.function.Consumer<InfoText> writer) {
    return new InfoSection() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public boolean byDefault() {
        // Without arguments only errors are shown, as in Redis.
        return name.equals("Errorstats");
      }

      @Override
      public void write(InfoText text) {
        writer.accept(text);
      }
    };
  }
}
