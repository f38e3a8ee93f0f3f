package io.hashslot.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.cli.simulate.Findings.Episode;
import io.hashslot.cli.simulate.Findings.Outage;
import io.hashslot.cli.simulate.Findings.Traffic;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportsTest {
  private static final Traffic STEADY = new Traffic(2.5, 5_000.4, 7_000);
  private static final Traffic TROUBLED = new Traffic(3, 250_000, 9_000_000);

  private static Question question(int histories) {
    return new Question(
        Layout.of(2, 0, List.of("a", "b")),
        15_000,
        0,
        100,
        1_000,
        0.5,
        new Script(List.of()),
        7,
        histories);
  }

  private static Findings findings(long seed, Long failedMs) {
    return new Findings(
        seed,
        List.of(new Episode(0, "kill primary 1", 16_000L, failedMs, null, null, null, 8_192)),
        List.of(new Outage(0, 2_500, 8_192)),
        STEADY,
        TROUBLED);
  }

  @Test
  void oneHistoryShouldBeShownWithItsOutages() {
    assertThat(TextReport.of(question(1), List.of(findings(7, 17_250L))))
        .isEqualTo(
            """
            Cluster    2 nodes: 2 primaries, 0 replicas; zones a, b
            Settings   node timeout 15000 ms, ping interval 7500 ms; messages take 0.1 to 1 ms, 0.5 % lost
            History    seed 7

            What each fault led to, in seconds after it
                at  suspected  failed  known to all  served again  all agree  slots down  what
              0.00      16.00   17.25             -             -          -        8192  kill primary 1

            Slots without a serving primary, in seconds after the first fault
              from    to  slots
              0.00  2.50  8192

            What a node sends on the bus
              frames/s  bytes/s  bytes in the busiest second of any node  when
                   2.5     5000                                     7000  before the first fault
                     3   250000                                  9000000  from the first fault on
            """);
  }

  @Test
  void severalHistoriesShouldBeShownAsSpreads() {
    assertThat(
            TextReport.of(
                question(3),
                List.of(findings(7, 17_250L), findings(8, null), findings(9, 16_500L))))
        .contains("Histories  3, seeds 7 to 9; figures are min / median / max of them")
        .contains("  16.50 / 16.50 / 17.25 (not in 1 of 3)  ")
        .contains("Slots without a serving primary: 20480 slot seconds");
  }

  @Test
  void aSpreadShouldLeaveOutWhatDidNotHappen() {
    assertThat(Spread.of(Arrays.asList(5, null, 1, 3))).isEqualTo(new Spread(1, 3, 5, 1));
    assertThat(Spread.of(Arrays.asList((Long) null))).isNull();
  }

  @Test
  void jsonShouldHoldTheQuestionTheHistoriesAndTheirSpread() {
    assertThat(JsonReport.of(question(1), List.of(findings(7, 17_250L))))
        .isEqualTo(
            """
            {
              "cluster": {
                "nodes": [
                  {
                    "name": "p1",
                    "zone": "a",
                    "shard": 1,
                    "role": "primary",
                    "slots": "0-8191"
                  },
                  {
                    "name": "p2",
                    "zone": "b",
                    "shard": 2,
                    "role": "primary",
                    "slots": "8192-16383"
                  }
                ],
                "node_timeout_ms": 15000,
                "ping_interval_ms": 7500,
                "min_delay_ms": 0.100,
                "max_delay_ms": 1,
                "loss_percent": 0.500
              },
              "histories": [
                {
                  "seed": 7,
                  "episodes": [
                    {
                      "at_ms": 0,
                      "what": "kill primary 1",
                      "suspected_ms": 16000,
                      "failed_ms": 17250,
                      "known_ms": null,
                      "served_ms": null,
                      "agreed_ms": null,
                      "slots_down": 8192
                    }
                  ],
                  "outages": [
                    {
                      "from_ms": 0,
                      "to_ms": 2500,
                      "slots": 8192
                    }
                  ],
                  "steady": {
                    "frames_per_s": 2.500,
                    "bytes_per_s": 5000.400,
                    "peak_bytes_per_s": 7000
                  },
                  "troubled": {
                    "frames_per_s": 3,
                    "bytes_per_s": 250000,
                    "peak_bytes_per_s": 9000000
                  }
                }
              ],
              "summary": {
                "episodes": [
                  {
                    "what": "kill primary 1",
                    "suspected_ms": {
                      "min": 16000,
                      "median": 16000,
                      "max": 16000,
                      "missing": 0
                    },
                    "failed_ms": {
                      "min": 17250,
                      "median": 17250,
                      "max": 17250,
                      "missing": 0
                    },
                    "known_ms": null,
                    "served_ms": null,
                    "agreed_ms": null,
                    "slots_down": {
                      "min": 8192,
                      "median": 8192,
                      "max": 8192,
                      "missing": 0
                    }
                  }
                ],
                "slot_seconds_down": {
                  "min": 20480,
                  "median": 20480,
                  "max": 20480,
                  "missing": 0
                },
                "steady_bytes_per_s": {
                  "min": 5000.400,
                  "median": 5000.400,
                  "max": 5000.400,
                  "missing": 0
                },
                "troubled_bytes_per_s": {
                  "min": 250000,
                  "median": 250000,
                  "max": 250000,
                  "missing": 0
                }
              }
            }
            """);
  }
}
