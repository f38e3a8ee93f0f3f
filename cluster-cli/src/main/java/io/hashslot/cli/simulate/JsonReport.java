package io.hashslot.cli.simulate;

import io.hashslot.cli.simulate.Findings.Episode;
import io.hashslot.cli.simulate.Findings.Outage;
import io.hashslot.cli.simulate.Findings.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The findings for programs: the question, each history, and min, median and max of them. Times are
 * in milliseconds; what did not happen is null.
 */
final class JsonReport {
  private final Json json = new Json();

  private JsonReport() {}

  /** The whole report. */
  static String of(Question question, List<Findings> findings) {
    var report = new JsonReport();
    report.json.open(null, '{');
    report.question(question);
    report.json.open("histories", '[');
    findings.forEach(report::history);
    report.json.close(']');
    report.summary(findings);
    report.json.close('}');
    return report.json.toString();
  }

  private void question(Question question) {
    json.open("cluster", '{').open("nodes", '[');
    for (Layout.Place place : question.layout().nodes()) {
      json.open(null, '{')
          .put("name", place.name())
          .put("zone", place.zone())
          .put("shard", place.shard())
          .put("role", place.primary() ? "primary" : "replica")
          .put("slots", place.slots().toString());
      if (!place.address().isEmpty()) {
        json.put("address", place.address());
      }
      json.close('}');
    }
    json.close(']')
        .put("node_timeout_ms", question.nodeTimeoutMs())
        .put("ping_interval_ms", TextReport.pingIntervalMs(question))
        .put("min_delay_ms", question.minDelayUs() / 1000.0)
        .put("max_delay_ms", question.maxDelayUs() / 1000.0)
        .put("loss_percent", question.lossPercent())
        .close('}');
  }

  private void history(Findings findings) {
    json.open(null, '{').put("seed", findings.seed()).open("episodes", '[');
    for (Episode episode : findings.episodes()) {
      json.open(null, '{').put("at_ms", episode.atMs()).put("what", episode.what());
      time("suspected_ms", episode.suspectedMs());
      time("failed_ms", episode.failedMs());
      time("known_ms", episode.knownMs());
      time("served_ms", episode.servedMs());
      time("agreed_ms", episode.agreedMs());
      json.put("slots_down", episode.slotsDown()).close('}');
    }
    json.close(']').open("outages", '[');
    for (Outage outage : findings.outages()) {
      json.open(null, '{')
          .put("from_ms", outage.fromMs())
          .put("to_ms", outage.toMs())
          .put("slots", outage.slots())
          .close('}');
    }
    json.close(']');
    traffic("steady", findings.steady());
    traffic("troubled", findings.troubled());
    json.close('}');
  }

  private void time(String name, @Nullable Long ms) {
    if (ms == null) {
      json.putNull(name);
    } else {
      json.put(name, ms.longValue());
    }
  }

  private void traffic(String name, Traffic traffic) {
    json.open(name, '{')
        .put("frames_per_s", traffic.framesPerS())
        .put("bytes_per_s", traffic.bytesPerS())
        .put("peak_bytes_per_s", traffic.peakBytesPerS())
        .close('}');
  }

  private void summary(List<Findings> findings) {
    json.open("summary", '{').open("episodes", '[');
    for (int i = 0; i < findings.getFirst().episodes().size(); i++) {
      int number = i;
      List<Episode> same = findings.stream().map(it -> it.episodes().get(number)).toList();
      json.open(null, '{').put("what", same.getFirst().what());
      spread("suspected_ms", same, Episode::suspectedMs);
      spread("failed_ms", same, Episode::failedMs);
      spread("known_ms", same, Episode::knownMs);
      spread("served_ms", same, Episode::servedMs);
      spread("agreed_ms", same, Episode::agreedMs);
      spread("slots_down", same, Episode::slotsDown);
      json.close('}');
    }
    json.close(']');
    spread("slot_seconds_down", findings, Findings::slotSeconds);
    spread("steady_bytes_per_s", findings, it -> it.steady().bytesPerS());
    spread("troubled_bytes_per_s", findings, it -> it.troubled().bytesPerS());
    json.close('}');
  }

  private <T> void spread(String name, List<T> of, Function<T, ? extends @Nullable Number> figure) {
    var values = new ArrayList<@Nullable Number>();
    for (T one : of) {
      values.add(figure.apply(one));
    }
    Spread spread = Spread.of(values);
    if (spread == null) {
      json.putNull(name);
      return;
    }
    json.open(name, '{')
        .put("min", spread.min())
        .put("median", spread.median())
        .put("max", spread.max())
        .put("missing", spread.missing())
        .close('}');
  }
}
