package io.hashslot.bus.core;

import io.hashslot.bus.wire.FrameEncoder;
import io.hashslot.bus.wire.NodeFlags;

/**
 * Chooses whom to tell about: a random tenth of the members, so that news about anybody reaches
 * everybody within a few rounds, and those who do not answer, so that failure reports come
 * together. In a big cluster where much fails at once the suspects are as many as would make each
 * frame several times as long: then each frame has some of them, the next frame the next ones.
 */
final class Gossip {
  private static final int FEWEST = 3;

  /** So many suspects always go into a frame; more only if that is less than a tenth as well. */
  private static final int SUSPECTS = 100;

  private final Cluster cluster;
  private long round;

  /** Where the next frame goes on among the suspects, if they do not fit into one. */
  private int turn;

  Gossip(Cluster cluster) {
    this.cluster = cluster;
  }

  void write(FrameEncoder frame, Link link) {
    writeSome(frame, link);
    if (cluster.anySuspects()) writeSuspects(frame);
  }

  private void writeSome(FrameEncoder frame, Link link) {
    round++;
    int wanted = Math.min(Math.max(FEWEST, tenth()), cluster.nodes.size() - 2);
    int candidates = cluster.nodes.size() - 2;
    int chosen = 0;
    for (int draw = 0; draw < wanted * 3 && candidates > 0 && chosen < wanted; draw++) {
      Node node = cluster.nodes.random(cluster.random);
      if (node.isMyself() || node == link.node || node.suspected()) continue;
      if (!presentable(node) || (node.outbound == null && node.slotCount == 0)) {
        candidates--;
      } else if (node.chosenInRound != round) {
        node.chosenInRound = round;
        write(frame, node);
        chosen++;
        candidates--;
      }
    }
  }

  private void writeSuspects(FrameEncoder frame) {
    int size = cluster.nodes.size();
    int room = Math.max(SUSPECTS, tenth());
    for (int i = 0; i < size && room > 0; i++) {
      if (++turn >= size) turn = 0;
      Node node = cluster.nodes.at(turn);
      if (!node.suspected() || !presentable(node)) continue;
      write(frame, node);
      room--;
    }
  }

  private int tenth() {
    return cluster.nodes.size() / 10;
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
