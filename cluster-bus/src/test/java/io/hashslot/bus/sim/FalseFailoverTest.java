package io.hashslot.bus.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.sim.Conditions;
import io.hashslot.sim.Seeds;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nobody is replaced who is only slow: every pause ends before the node timeout is over. */
class FalseFailoverTest {
  private static final int HISTORIES = 40;
  private static final long LIFE_MS = 60_000;

  @Test
  void pausesBelowTheNodeTimeoutReplaceNobody() {
    SeedLoop.forEach(
        HISTORIES, seed -> assertThat(elections(seed, 0)).as("elections, seed %d", seed).isZero());
  }

  /** Lives through pauses of half to nine tenths of the node timeout. */
  private static long elections(long seed, int lossPermille) {
    var random = Seeds.generator(~seed);
    var cluster = SimCluster.started(3, seed % 3 == 0 ? 2 : 1, seed);
    List<SimNode> nodes = cluster.nodes();
    long before = nodes.getFirst().view().summary().currentEpoch();
    cluster.network().conditions(Conditions.FAIR.withRates(lossPermille, 0, 0));
    long endMs = cluster.queue().nowMs() + LIFE_MS;
    while (cluster.queue().nowMs() < endMs) {
      SimNode node = nodes.get(random.nextInt(nodes.size()));
      long timeoutMs = Topology.NODE_TIMEOUT_MS;
      long pauseMs = random.nextLong(timeoutMs / 2, timeoutMs * 9 / 10);
      if (!node.suspended()) {
        node.pauseFor(pauseMs);
      }
      cluster.passesMs(random.nextLong(timeoutMs));
    }
    return nodes.getFirst().view().summary().currentEpoch() - before;
  }
}
