package io.hashslot.bus.sim;

import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.bus.core.ClusterView;
import io.hashslot.bus.core.FailureList;
import io.hashslot.bus.core.NodeView;
import io.hashslot.bus.wire.BusFrame;
import io.hashslot.bus.wire.MessageType;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who belongs to the cluster, and who may be declared to have failed. */
final class MemberRules {
  private MemberRules() {}

  /**
   * A node that was told to forget somebody does not learn of it again while the ban lasts; unless
   * it was about to be met just then: who that is a handshake tells at its end only.
   */
  static final class ForgottenStaysForgotten implements Invariant {
    private record Ban(Object core, long untilMs) {}

    private final Map<String, Map<NodeId, Ban>> bans = new HashMap<>();
    private @Nullable SimNode asked;
    private @Nullable NodeId toForget;

    @Override
    public void onRequest(SimNode node, ClusterRequest request) {
      switch (request) {
        case ClusterRequest.Forget forget when NodeId.isValid(forget.node()) -> {
          asked = node;
          toForget = new NodeId(forget.node());
        }
        // Who is met again may come back, on either side, and a reset forgets its bans, too.
        case ClusterRequest.Meet _ -> bans.clear();
        case ClusterRequest.Reset _ -> bans.remove(node.name());
        default -> {}
      }
    }

    @Override
    public void afterEvent(SimNode node) {
      if (!node.running()) return;
      NodeId forgotten = toForget;
      if (asked == node && forgotten != null) {
        boolean meeting = node.view().nodes().stream().anyMatch(NodeView::inHandshake);
        if (node.view().node(forgotten.text()) == null && !meeting) {
          long untilMs = node.moment().monotonicMs() + node.config().blacklistTtlS() * 1000L;
          bans.computeIfAbsent(node.name(), _ -> new HashMap<>())
              .put(forgotten, new Ban(node.core(), untilMs));
        }
        asked = null;
        toForget = null;
      }
      Map<NodeId, Ban> here = bans.get(node.name());
      if (here == null) return;
      long nowMs = node.moment().monotonicMs();
      here.values().removeIf(ban -> ban.core != node.core() || ban.untilMs <= nowMs);
      for (NodeId id : here.keySet()) {
        expect(node.view().node(id.text()) == null, "%s was made to know %s again", node, id);
      }
    }
  }

  /** Nobody disappears from a table whom nobody was told to forget. */
  static final class NobodyIsLost implements Invariant {
    private record Seen(Object core, ClusterView view, int members) {}

    private final Map<String, Seen> seen = new HashMap<>();
    private final Set<String> forgotten = new HashSet<>();

    @Override
    public void onRequest(SimNode node, ClusterRequest request) {
      if (request instanceof ClusterRequest.Forget forget) forgotten.add(forget.node());
      if (request instanceof ClusterRequest.Reset) {
        seen.remove(node.name());
        // Its old name may be nobody's from now on.
        if (node.running()) forgotten.add(node.id().text());
      }
    }

    @Override
    public void afterEvent(SimNode node) {
      if (!node.running()) return;
      ClusterView view = node.view();
      Seen before = seen.get(node.name());
      if (before != null && before.view == view) return;
      int members = 0;
      for (NodeView known : view.nodes()) {
        if (!known.inHandshake()) members++;
      }
      seen.put(node.name(), new Seen(node.core(), view, members));
      if (before == null || before.core != node.core() || members >= before.members) return;
      for (NodeView known : before.view.nodes()) {
        if (known.inHandshake() || view.node(known.id().text()) != null) continue;
        expect(
            forgotten.contains(known.id().text()) || known.myself(),
            "%s forgot %s without being told",
            node,
            known.id());
      }
    }
  }

  /** Who declares a failure has heard of it from a majority of the voting primaries lately. */
  static final class FailureNeedsAMajority implements Invariant {
    /** Reports count for two node timeouts, but may have waited in a suspended process. */
    private static final long LATELY_MS = 30_000;

    private record Report(NodeId teller, NodeId node) {}

    private final Map<Report, Long> toldAtMs = new HashMap<>();
    private final Map<String, Set<NodeId>> failed = new HashMap<>();
    private final Map<String, ClusterView> views = new HashMap<>();

    @Override
    public void onSend(SimNode node, @Nullable SimNode to, BusFrame frame) {
      if (frame.type().isPingLike()) {
        hear(node, frame);
      } else if (frame.type() == MessageType.FAIL) {
        judge(node, frame.failedNode());
      } else if (frame.type() == MessageType.MODULE) {
        FailureList.read(frame.module()).forEach(failed -> judge(node, failed));
      }
    }

    private void hear(SimNode node, BusFrame frame) {
      for (int i = 0; i < frame.gossipCount(); i++) {
        var entry = frame.gossip(i);
        if (!entry.hasAnyFlag(NodeFlags.PFAIL | NodeFlags.FAIL)) continue;
        var report = new Report(frame.header().sender(), entry.node());
        toldAtMs.put(report, node.moment().monotonicMs());
      }
    }

    private void judge(SimNode node, NodeId whom) {
      if (failed.getOrDefault(node.name(), Set.of()).contains(whom)) return;
      long nowMs = node.moment().monotonicMs();
      int voices = 0;
      int electorate = 0;
      for (NodeView known : node.view().nodes()) {
        if (!known.isPrimary() || known.slots().isEmpty()) continue;
        electorate++;
        Long at = toldAtMs.get(new Report(known.id(), whom));
        if (known.myself() || (at != null && nowMs - at < LATELY_MS)) voices++;
      }
      expect(
          voices > electorate / 2,
          "%s declares that %s failed, %d of %d primaries said so",
          node,
          whom.brief(),
          voices,
          electorate);
    }

    @Override
    public void afterEvent(SimNode node) {
      if (!node.running() || views.put(node.name(), node.view()) == node.view()) return;
      Set<NodeId> now = failed.computeIfAbsent(node.name(), _ -> new HashSet<>());
      now.clear();
      for (NodeView known : node.view().nodes()) {
        if (known.failed()) now.add(known.id());
      }
    }
  }
}
