package io.hashslot.bus.file;

import io.hashslot.bus.core.DurableState;
import io.hashslot.bus.core.DurableState.NodeRecord;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import java.util.Map;
import java.util.TreeMap;

/**
 * The text of nodes.conf. One line for each node, the columns separated by one blank, then the
 * variables:
 *
 * <pre>{@code
 * <id> <ip>:<port>@<bus-port>,<hostname>,<key>=<value>,... <flags> <primary or ->
 *     <ping-sent> <pong-received> <config-epoch> <connected or disconnected> <slots> ...
 * vars currentEpoch <n> lastVoteEpoch <n>
 * }</pre>
 *
 * <p>Slots are {@code 7} or {@code 0-100}, and for the node itself also {@code [50->-id]} while it
 * gives a slot away and {@code [50-<-id]} while it takes one over. The keys are those of Valkey
 * 8.0.1, in its order: client-ipv6, client-ipv4, tls-port, nodename, shard-id. Redis 7.0.15 takes
 * everything behind the first comma for the hostname, until the node announces its name again.
 */
public final class NodesText {
  private NodesText() {}

  /** Writes the text; all characters are ASCII. */
  public static String format(DurableState state) {
    StringBuilder text = new StringBuilder(256 * (state.nodes().size() + 1));
    for (NodeRecord node : state.nodes()) {
      format(node, text);
    }
    return text.append("vars currentEpoch ")
        .append(state.currentEpoch())
        .append(" lastVoteEpoch ")
        .append(state.lastVoteEpoch())
        .append('\n')
        .toString();
  }

  /**
   * Reads the text.
   *
   * @param tlsCluster whether the bus runs over TLS: then the port in a file of Redis 7.0 is the
   *     TLS port
   * @throws CorruptNodesFileException if a cluster node would not have written this
   */
  public static DurableState parse(String text, boolean tlsCluster)
      throws CorruptNodesFileException {
    return new NodesParser(tlsCluster).parse(text);
  }

  private static void format(NodeRecord node, StringBuilder text) {
    NodeId primary = node.primary();
    text.append(node.id()).append(' ');
    formatAddress(node, text);
    text.append(' ').append(NodeFlags.text(node.flags()));
    text.append(' ').append(primary == null ? "-" : primary.text());
    text.append(' ').append(node.pingSentWallMs());
    text.append(' ').append(node.pongReceivedWallMs());
    text.append(' ').append(node.configEpoch());
    text.append(node.linkUp() ? " connected" : " disconnected");
    if (!node.slots().isEmpty()) {
      text.append(' ').append(node.slots());
    }
    formatOpenSlots(node.migrating(), "->-", text);
    formatOpenSlots(node.importing(), "-<-", text);
    text.append('\n');
  }

  private static void formatAddress(NodeRecord node, StringBuilder text) {
    text.append(node.ip()).append(':').append(node.port()).append('@').append(node.busPort());
    text.append(',').append(node.hostname());
    formatField(NodesParser.CLIENT_IPV6, node.clientIpv6(), text);
    formatField(NodesParser.CLIENT_IPV4, node.clientIpv4(), text);
    formatField(NodesParser.TLS_PORT, Integer.toString(node.tlsPort()), text);
    formatField(NodesParser.NODENAME, node.nodename(), text);
    NodeId shard = node.shard();
    formatField(NodesParser.SHARD_ID, shard == null ? "" : shard.text(), text);
  }

  private static void formatField(String key, String value, StringBuilder text) {
    if (!value.isEmpty()) {
      text.append(',').append(key).append('=').append(value);
    }
  }

  private static void formatOpenSlots(Map<Integer, NodeId> open, String arrow, StringBuilder text) {
    new TreeMap<>(open)
        .forEach(
            (slot, node) -> text.append(" [").append(slot).append(arrow).append(node).append(']'));
  }
}
