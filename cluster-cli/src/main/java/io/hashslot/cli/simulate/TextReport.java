package io.hashslot.cli.simulate;

import io.hashslot.cli.simulate.Findings.Episode;
import io.hashslot.cli.simulate.Findings.Outage;
import io.hashslot.cli.simulate.Findings.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The findings for people. */
final class TextReport {
  private static final int MOST_OUTAGES = 20;

  private final Question question;
  private final List<Findings> findings;
  private final StringBuilder text = new StringBuilder();

  private TextReport(Question question, List<Findings> findings) {
    this.question = question;
    this.findings = findings;
  }

  /** The whole report. */
  static String of(Question question, List<Findings> findings) {
    var report = new TextReport(question, findings);
    report.head();
    report.episodes();
    report.outages();
    report.traffic();
    return report.text.toString();
  }

  private void head() {
    Layout layout = question.layout();
    int replicas = layout.nodes().size() - layout.shards();
    line(
        "Cluster    %d nodes: %d primaries, %d replicas%s",
        layout.nodes().size(),
        layout.shards(),
        replicas,
        layout.zones().isEmpty() ? "" : "; zones " + String.join(", ", layout.zones()));
    line(
        "Settings   node timeout %d ms, ping interval %d ms; messages take %s to %s ms, %s %% lost",
        question.nodeTimeoutMs(),
        pingIntervalMs(question),
        decimal(question.minDelayUs() / 1000.0),
        decimal(question.maxDelayUs() / 1000.0),
        decimal(question.lossPercent()));
    if (findings.size() == 1) {
      line("History    seed %d", question.firstSeed());
    } else {
      line(
          "Histories  %d, seeds %d to %d; figures are min / median / max of them",
          findings.size(), question.firstSeed(), question.firstSeed() + findings.size() - 1);
    }
    for (Layout.Place place : layout.nodes()) {
      if (!place.address().isEmpty()) {
        line("           %s is %s", place.name(), place.address());
      }
    }
  }

  /** What is in force: half the node timeout unless it was given. */
  static long pingIntervalMs(Question question) {
    return question.pingIntervalMs() > 0 ? question.pingIntervalMs() : question.nodeTimeoutMs() / 2;
  }

  private void episodes() {
    if (findings.getFirst().episodes().isEmpty()) {
      return;
    }
    var table =
        new Table(
            "at",
            "suspected",
            "failed",
            "known to all",
            "served again",
            "all agree",
            "slots down",
            "what");
    for (int i = 0; i < findings.getFirst().episodes().size(); i++) {
      int number = i;
      List<Episode> same = findings.stream().map(it -> it.episodes().get(number)).toList();
      table.row(
          seconds(List.of(same.getFirst().atMs())),
          time(same, Episode::suspectedMs),
          time(same, Episode::failedMs),
          time(same, Episode::knownMs),
          time(same, Episode::servedMs),
          time(same, Episode::agreedMs),
          count(same.stream().map(Episode::slotsDown).toList()),
          same.getFirst().what());
    }
    line("");
    line("What each fault led to, in seconds after it");
    text.append(table);
  }

  private static String time(List<Episode> episodes, Function<Episode, @Nullable Long> figure) {
    var values = new ArrayList<@Nullable Long>();
    for (Episode episode : episodes) {
      values.add(figure.apply(episode));
    }
    return seconds(values);
  }

  private static String seconds(List<? extends @Nullable Number> values) {
    Spread spread = Spread.of(values);
    return show(spread, values.size(), value -> String.format(Locale.ROOT, "%.2f", value / 1000));
  }

  private static String count(List<? extends Number> values) {
    return show(Spread.of(values), values.size(), TextReport::whole);
  }

  private interface Format {
    String of(double value);
  }

  private static String show(@Nullable Spread spread, int histories, Format format) {
    if (spread == null) {
      return "-";
    }
    String shown =
        spread.min() == spread.max()
            ? format.of(spread.min())
            : format.of(spread.min())
                + " / "
                + format.of(spread.median())
                + " / "
                + format.of(spread.max());
    return spread.missing() == 0
        ? shown
        : shown + " (not in " + spread.missing() + " of " + histories + ")";
  }

  private void outages() {
    line("");
    if (findings.stream().allMatch(it -> it.outages().isEmpty())) {
      line("Every slot had a serving primary all the time");
      return;
    }
    if (findings.size() > 1) {
      line(
          "Slots without a serving primary: %s slot seconds",
          count(findings.stream().map(Findings::slotSeconds).toList()));
      return;
    }
    var table = new Table("from", "to", "slots");
    List<Outage> outages = findings.getFirst().outages();
    for (Outage outage : outages.subList(0, Math.min(MOST_OUTAGES, outages.size()))) {
      table.row(
          seconds(List.of(outage.fromMs())),
          seconds(List.of(outage.toMs())),
          Integer.toString(outage.slots()));
    }
    line("Slots without a serving primary, in seconds after the first fault");
    text.append(table);
    if (outages.size() > MOST_OUTAGES) {
      line("  and %d spans more; --json has them all", outages.size() - MOST_OUTAGES);
    }
  }

  private void traffic() {
    var table = new Table("frames/s", "bytes/s", "bytes in the busiest second of any node", "when");
    row(table, "before the first fault", Findings::steady);
    if (!findings.getFirst().episodes().isEmpty()) {
      row(table, "from the first fault on", Findings::troubled);
    }
    line("");
    line("What a node sends on the bus");
    text.append(table);
  }

  private void row(Table table, String when, Function<Findings, Traffic> traffic) {
    table.row(
        figure(traffic, Traffic::framesPerS),
        figure(traffic, Traffic::bytesPerS),
        figure(traffic, Traffic::peakBytesPerS),
        when);
  }

  private String figure(Function<Findings, Traffic> traffic, ToDoubleFunction<Traffic> figure) {
    List<Double> values =
        findings.stream().map(it -> figure.applyAsDouble(traffic.apply(it))).toList();
    return show(
        Spread.of(values), values.size(), value -> value < 100 ? decimal(value) : whole(value));
  }

  private static String whole(double value) {
    return Long.toString(Math.round(value));
  }

  private static String decimal(double value) {
    return value == Math.rint(value) ? whole(value) : String.format(Locale.ROOT, "%.1f", value);
  }

  private void line(String format, Object... arguments) {
    text.append(format.formatted(arguments)).append('\n');
  }

  /** Columns as wide as they need to be; the last one is left-aligned. */
  private static final class Table {
    private final List<String[]> rows = new ArrayList<>();

    Table(String... heads) {
      rows.add(heads);
    }

    void row(String... cells) {
      rows.add(cells);
    }

    @Override
    public String toString() {
      int columns = rows.getFirst().length;
      var widths = new int[columns];
      for (String[] row : rows) {
        for (int i = 0; i < columns; i++) {
          widths[i] = Math.max(widths[i], row[i].length());
        }
      }
      var shown = new StringBuilder();
      for (String[] row : rows) {
        for (int i = 0; i < columns; i++) {
          int blanks = widths[i] - row[i].length();
          boolean last = i == columns - 1;
          shown.append("  ").append(last ? "" : " ".repeat(blanks)).append(row[i]);
        }
        shown.append('\n');
      }
      return shown.toString();
    }
  }
}
