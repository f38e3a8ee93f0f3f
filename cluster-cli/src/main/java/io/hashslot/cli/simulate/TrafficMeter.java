package io.hashslot.cli.simulate;

import io.hashslot.bus.sim.SimCluster;
import io.hashslot.bus.sim.SimNode;
import io.hashslot.cli.simulate.Findings.Traffic;
import java.util.List;

/** Counts what the nodes send, a second at a time. */
final class TrafficMeter {
  private final SimCluster cluster;
  private final long sinceMs;
  private final long framesBefore;
  private final long bytesBefore;
  private long secondEndsMs;
  private long[] bytesOfNodes;
  private double peakBytesPerS;

  /** Counts from now on. */
  TrafficMeter(SimCluster cluster) {
    this.cluster = cluster;
    sinceMs = cluster.queue().nowMs();
    secondEndsMs = sinceMs + 1000;
    framesBefore = frames();
    bytesBefore = bytes();
    bytesOfNodes = bytesOfNodes();
  }

  /** To be called often. */
  void look() {
    long now = cluster.queue().nowMs();
    if (now >= secondEndsMs) {
      endSecond();
    }
  }

  /** It may have been a little more than a second since the looks, and less at the end of all. */
  private void endSecond() {
    long now = cluster.queue().nowMs();
    double seconds = Math.max(1, (now - secondEndsMs + 1000) / 1000.0);
    long[] bytes = bytesOfNodes();
    for (int i = 0; i < bytesOfNodes.length; i++) {
      peakBytesPerS = Math.max(peakBytesPerS, (bytes[i] - bytesOfNodes[i]) / seconds);
    }
    bytesOfNodes = bytes;
    secondEndsMs = now + 1000;
  }

  /** What was counted until now. */
  Traffic traffic() {
    endSecond();
    double nodeSeconds =
        Math.max(1, cluster.queue().nowMs() - sinceMs) / 1000.0 * cluster.nodes().size();
    return new Traffic(
        (frames() - framesBefore) / nodeSeconds,
        (bytes() - bytesBefore) / nodeSeconds,
        peakBytesPerS);
  }

  private long frames() {
    long sum = 0;
    for (SimNode node : cluster.nodes()) {
      sum += node.traffic().framesSent();
    }
    return sum;
  }

  private long bytes() {
    long sum = 0;
    for (SimNode node : cluster.nodes()) {
      sum += node.traffic().bytesSent();
    }
    return sum;
  }

  private long[] bytesOfNodes() {
    List<SimNode> nodes = cluster.nodes();
    var bytes = new long[nodes.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = nodes.get(i).traffic().bytesSent();
    }
    return bytes;
  }
}
