package io.hashslot.bus.sim;

import io.hashslot.bus.core.LeaseTalk;
import io.hashslot.bus.core.NodeView;
import io.hashslot.bus.wire.BusFrame;
import io.hashslot.bus.wire.MessageType;
import io.hashslot.bus.wire.NodeId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long a primary may serve that is cut off. */
final class LeaseRule {
  private LeaseRule() {}

  /**
   * A primary serves only if frames of a majority of the primaries it knows, itself included, have
   * arrived within the last node timeout: so whoever is cut off has stopped by then.
   */
  static final class ServesOnlyWhileItHearsAMajority implements Invariant {
    /** Clocks may be so much slower than the simulator's, of 1000. */
    private static final long SLOWEST = 100;

    private record Pair(String listener, NodeId speaker) {}

    private final Map<Pair, Long> heardAtUs = new HashMap<>();

    /** Until when what was heard is enough; looked at again only then. */
    private final Map<String, Long> enoughUntilUs = new HashMap<>();

    @Override
    public void onArrival(SimNode node, BusFrame frame) {
      NodeId speaker = speaker(frame);
      if (speaker == null) return;
      heardAtUs.put(new Pair(node.name(), speaker), node.cluster().queue().nowUs());
    }

    private static @Nullable NodeId speaker(BusFrame frame) {
      if (frame.isLight()) {
        if (frame.type() != MessageType.MODULE) return null;
        LeaseTalk talk = LeaseTalk.read(frame.module());
        return talk == null ? null : talk.speaker();
      }
      MessageType type = frame.type();
      return type.isPingLike() || type == MessageType.AUTH_ACK ? frame.header().sender() : null;
    }

    @Override
    public void afterEvent(SimNode node) {
      if (!node.ready() || !node.isPrimary() || !node.view().health().ok()) return;
      long nowUs = node.cluster().queue().nowUs();
      if (nowUs <= enoughUntilUs.getOrDefault(node.name(), 0L)) return;
      if (node.monotonicUs() / 1000 >= node.view().servesUntilMs()) return;
      check(node, nowUs);
    }

    private void check(SimNode node, long nowUs) {
      long[] heard = new long[node.view().nodes().size()];
      int seats = 0;
      for (NodeView known : node.view().nodes()) {
        if (!known.isPrimary() || known.slots().isEmpty()) continue;
        boolean me = known.id().equals(node.view().self().id());
        heard[seats++] = me ? nowUs : heardAtUs.getOrDefault(new Pair(node.name(), known.id()), 0L);
      }
      if (seats == 0 || node.view().self().slots().isEmpty()) return;
      Arrays.sort(heard, 0, seats);
      long majorityAtUs = heard[seats - (seats / 2 + 1)];
      long timeoutUs = node.config().nodeTimeoutMs() * (1000 + SLOWEST);
      expect(
          nowUs - majorityAtUs <= timeoutUs,
          "%s serves and has heard nothing of most of %d primaries for %d ms",
          node,
          seats,
          (nowUs - majorityAtUs) / 1000);
      enoughUntilUs.put(node.name(), majorityAtUs + timeoutUs);
    }
  }
}
