package io.hashslot.bus.core;

import io.hashslot.bus.wire.FrameEncoder;
import io.hashslot.bus.wire.NodeFlags;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses whom to tell about. Four kinds of news go into a frame:
 *
 * <ul>
 *   <li>A tenth of the members by chance, rather those heard of lately: a fresh sign of life saves
 *       whoever reads of it a ping, an old one saves nobody anything.
 *   <li>Those who do not answer, so that failure reports come together. In a big cluster where much
 *       fails at once they would make each frame several times as long: then each frame has some of
 *       them, the next frame the next ones.
 *   <li>One of those that failed, in turns: who has missed the one frame that declared it comes to
 *       know by counting.
 *   <li>New members for a few seconds, so that all know them soon and not when chance chooses them.
 * </ul>
 *
 * <p>All that is bounded once more for each tick: when all links come up at once, or everybody asks
 * at once, the many frames need not all say what the first of them said.
 */
final class Gossip {
  static final int FEWEST = 3;

  /** Of so many by chance the one heard of last is told. */
  private static final int DRAWS = 5;

  /** So many suspects always go into a frame; more only if that is less than a tenth as well. */
  private static final int SUSPECTS = 100;

  private static final int NEWCOMERS = 10;

  /** So many members are looked at for one that failed. */
  private static final int LOOKS_FOR_FAILED = 50;

  /** When so many entries, and as many as there are nodes, were written in a tick, it is enough. */
  private static final int ENOUGH_IN_A_TICK = 300;

  private final Cluster cluster;
  private long round;

  private int told;
  private long toldSinceMs = Cluster.NEVER;

  /** Where the next frame goes on among the suspects, if they do not fit into one. */
  private int turn;

  /** Likewise among those that failed. */
  private int failedTurn;

  Gossip(Cluster cluster) {
    this.cluster = cluster;
  }

  void write(FrameEncoder frame, Link link) {
    if (told() > Math.max(ENOUGH_IN_A_TICK, cluster.nodes.size())) {
      writeFew(frame, link);
      return;
    }
    round++;
    writeReader(frame, link);
    writeNewcomers(frame, link);
    writeSome(frame, link, Math.max(FEWEST, tenth()));
    if (cluster.failures > 0) writeFailed(frame, link);
    if (cluster.anySuspects()) writeSuspects(frame);
    told += frame.gossipCount();
  }

  /** How many entries were written in this tick. */
  private int told() {
    if (cluster.nowMs() - toldSinceMs >= ClusterCore.TICK_MS) {
      toldSinceMs = cluster.nowMs();
      told = 0;
    }
    return told;
  }

  /** Writes about a few only, for a frame that goes to everybody and is about its sender. */
  void writeFew(FrameEncoder frame, Link link) {
    round++;
    writeReader(frame, link);
    writeNewcomers(frame, link);
    writeSome(frame, link, FEWEST);
  }

  /** Writes about these only. */
  void write(FrameEncoder frame, List<Node> nodes) {
    for (Node node : nodes) {
      if (presentable(node)) write(frame, node);
    }
  }

  /**
   * Who reads this is told if it counts as suspected or failed here: then what I say does not prove
   * that it has not been replaced ({@link Lease}).
   */
  private void writeReader(FrameEncoder frame, Link link) {
    Node reader = link.node;
    if (reader == null || reader.inHandshake()) return;
    if (!reader.suspected() && !reader.failed()) return;
    reader.chosenInRound = round;
    write(frame, reader);
  }

  private void writeSome(FrameEncoder frame, Link link, int most) {
    int wanted = Math.min(most, cluster.nodes.size() - 2);
    int chosen = 0;
    for (int draw = 0; draw < wanted * 3 && chosen < wanted; draw++) {
      Node node = freshest(link);
      if (node == null) continue;
      node.chosenInRound = round;
      write(frame, node);
      chosen++;
    }
  }

  private @Nullable Node freshest(Link link) {
    Node freshest = null;
    int draws = isNew(link.node) ? 1 : DRAWS;
    for (int i = 0; i < draws; i++) {
      Node node = cluster.nodes.random(cluster.random);
      if (freshest != null && node.pongReceivedAtMs <= freshest.pongReceivedAtMs) continue;
      if (node.chosenInRound == round || node.isMyself() || node == link.node) continue;
      if (!node.suspected() && isLinked(node) && presentable(node)) freshest = node;
    }
    return freshest;
  }

  /** Who is new has to hear of everybody soon, not only of those who were heard of lately. */
  private boolean isNew(@Nullable Node node) {
    return node != null && node.newUntilMs > cluster.nowMs();
  }

  private void writeSuspects(FrameEncoder frame) {
    int size = cluster.nodes.size();
    int room = Math.max(SUSPECTS, tenth());
    for (int i = 0; i < size && room > 0; i++) {
      if (++turn >= size) turn = 0;
      Node node = cluster.nodes.at(turn);
      if (!node.suspected() || node.chosenInRound == round || !presentable(node)) continue;
      write(frame, node);
      room--;
    }
  }

  /** Writes about one of those that failed: chance, which prefers fresh pongs, never finds them. */
  private void writeFailed(FrameEncoder frame, Link link) {
    int size = cluster.nodes.size();
    for (int i = Math.min(size, LOOKS_FOR_FAILED); i > 0; i--) {
      if (++failedTurn >= size) failedTurn = 0;
      Node node = cluster.nodes.at(failedTurn);
      if (!node.failed() || node == link.node || node.chosenInRound == round) continue;
      if (isLinked(node) && presentable(node)) {
        write(frame, node);
        return;
      }
    }
  }

  private void writeNewcomers(FrameEncoder frame, Link link) {
    ArrayDeque<Node> newcomers = cluster.newcomers;
    while (!newcomers.isEmpty() && newcomers.getFirst().newUntilMs < cluster.nowMs()) {
      newcomers.removeFirst();
    }
    int left = Math.min(NEWCOMERS, newcomers.size());
    for (int i = 0; i < left; i++) {
      // They take turns if there are many; their times differ by less than it takes to go round.
      Node node = newcomers.removeFirst();
      newcomers.addLast(node);
      if (node == link.node || node.suspected() || !isLinked(node) || !presentable(node)) continue;
      node.chosenInRound = round;
      write(frame, node);
    }
  }

  private int tenth() {
    return cluster.nodes.size() / 10;
  }

  private static boolean isLinked(Node node) {
    return node.outbound != null || node.slotCount > 0;
  }

  private static boolean presentable(Node node) {
    return !node.inHandshake() && !node.has(NodeFlags.NOADDR) && node.address.known();
  }

  private void write(FrameEncoder frame, Node node) {
    boolean tls = cluster.config.tls();
    Address address = node.address;
    frame.gossip(
        node.id,
        cluster.wallMs(node.pingSentAtMs) / 1000,
        cluster.wallMs(node.pongReceivedAtMs) / 1000,
        address.ip(),
        address.defaultPort(tls),
        address.busPort(),
        address.otherPort(tls),
        node.flags);
  }
}
