package io.hashslot.bus.sim;

import io.hashslot.bus.wire.BusFrame;
import io.hashslot.bus.wire.MessageFlags;
import io.hashslot.bus.wire.MessageType;
import io.hashslot.bus.wire.NodeId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the rules about elections look up: who voted for whom, and whose place the winners took. It
 * has to watch before they do, and finds nothing wrong itself.
 *
 * <p>It also knows the one way in which an epoch can have two winners. A primary that was replaced
 * and has not heard of it votes as before, and so does its successor: their seat has two votes, and
 * two majorities of the same seats need not have a voter in common. {@code
 * docs/internals/simulation.md} says why the protocol cannot exclude that.
 */
final class Ballots implements Invariant {
  private record Ballot(NodeId who, long epoch) {}

  private final Map<Ballot, Set<NodeId>> voters = new HashMap<>();
  private final Map<NodeId, Long> campaigns = new HashMap<>();
  private final Map<NodeId, NodeId> successors = new HashMap<>();
  private final Set<NodeId> insisting = new HashSet<>();
  private final Map<NodeId, Long> replacedAliveAtUs = new HashMap<>();
  private final Set<Long> wonTwice = new TreeSet<>();
  private final Map<NodeId, NodeId> twins = new HashMap<>();

  @Override
  public void onSend(SimNode node, @Nullable SimNode to, BusFrame frame) {
    if (frame.type() == MessageType.AUTH_REQUEST) {
      campaigns.put(frame.header().sender(), frame.header().currentEpoch());
      if (frame.header().hasMessageFlags(MessageFlags.FORCE_ACK)) {
        insisting.add(frame.header().sender());
      } else {
        insisting.remove(frame.header().sender());
      }
    } else if (frame.type() == MessageType.AUTH_ACK && to != null && to.running()) {
      voters
          .computeIfAbsent(new Ballot(to.id(), frame.header().currentEpoch()), _ -> new HashSet<>())
          .add(frame.header().sender());
    }
  }

  @Override
  public void onPromoted(SimNode node) {
    successors.remove(node.id());
    replacedAliveAtUs.remove(node.id());
    NodeId replaced = node.replication().lastFollowed();
    if (replaced != null && !replaced.equals(node.id())) succeed(replaced, node);
  }

  private void succeed(NodeId replaced, SimNode successor) {
    successors.put(replaced, successor.id());
    if (!insisting.contains(successor.id())) return;
    replacedAliveAtUs.put(replaced, successor.cluster().queue().nowUs());
  }

  /**
   * When this primary was replaced by one that insisted although it may live; -1 if it was not. Of
   * such a one a majority need not know that it is in their way.
   */
  long replacedAliveAtUs(NodeId primary) {
    return replacedAliveAtUs.getOrDefault(primary, -1L);
  }

  /** Whether it asked for votes last although its primary may live. */
  boolean isInsisting(NodeId candidate) {
    return insisting.contains(candidate);
  }

  /** The epoch in which this node asked for votes last; -1 if it never did. */
  long campaign(NodeId candidate) {
    return campaigns.getOrDefault(candidate, -1L);
  }

  /** Who voted for this node when it asked last. */
  Set<NodeId> voters(NodeId candidate) {
    return voters.getOrDefault(new Ballot(candidate, campaign(candidate)), Set.of());
  }

  /**
   * Whether a seat has voted for both of these winners of an epoch, by the primary that was
   * replaced and by its successor. If so, the epoch is one of {@link #epochsWonTwice}.
   */
  boolean bothWon(NodeId first, NodeId second, long epoch) {
    Set<NodeId> here = voters.getOrDefault(new Ballot(first, epoch), Set.of());
    Set<NodeId> there = voters.getOrDefault(new Ballot(second, epoch), Set.of());
    for (NodeId one : here) {
      for (NodeId other : there) {
        if (!succeeded(one, other) && !succeeded(other, one)) continue;
        wonTwice.add(epoch);
        twins.put(first, second);
        twins.put(second, first);
        return true;
      }
    }
    return false;
  }

  /** Who else won the epoch that this node won; null if nobody did, as far as is known. */
  @Nullable NodeId twin(NodeId winner) {
    return twins.get(winner);
  }

  private boolean succeeded(NodeId replaced, NodeId successor) {
    NodeId next = successors.get(replaced);
    while (next != null && !next.equals(successor)) next = successors.get(next);
    return next != null;
  }

  /** How many epochs had two winners, since a seat changed hands unheard and voted twice. */
  int epochsWonTwice() {
    return wonTwice.size();
  }
}
