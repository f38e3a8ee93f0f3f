package io.hashslot.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.sim.SimCluster;
import io.hashslot.bus.sim.SimNode;
import org.junit.jupiter.api.Test;

class TrafficMeterTest {
  private static final int NODES = 6;

  private final SimCluster cluster = SimCluster.started(NODES / 2, 1, 1);
  private final long[] before =
      cluster.nodes().stream().mapToLong(TrafficMeterTest::sent).toArray();

  private static long sent(SimNode node) {
    return node.traffic().bytesSent();
  }

  /** Hardly anything happens in a steady cluster within so short a time, and then much does. */
  @Test
  void whatWasSentSinceTheLastFullSecondShouldCountToo() {
    var meter = new TrafficMeter(cluster);
    cluster.passesMs(400);
    meter.look();
    long most = 0;
    for (int i = 0; i < NODES; i++) {
      most = Math.max(most, sent(cluster.nodes().get(i)) - before[i]);
    }
    assertThat(most).isPositive();
    assertThat(meter.traffic().peakBytesPerS()).isEqualTo(most);
  }

  @Test
  void aSecondShouldCountOnceOnly() {
    var meter = new TrafficMeter(cluster);
    cluster.passesMs(1_000);
    meter.look();
    double full = meter.traffic().peakBytesPerS();
    assertThat(full).isPositive();
    assertThat(meter.traffic().peakBytesPerS()).isEqualTo(full);
  }
}
