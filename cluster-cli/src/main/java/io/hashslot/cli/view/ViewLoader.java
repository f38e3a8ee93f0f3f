package io.hashslot.cli.view;

import io.hashslot.resp.Reply;
import io.hashslot.resp.client.Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Loads the picture of a cluster: asks one node for its list, then every node on it for its own. A
 * node is left out if it cannot be reached or if it or the first node calls it failed, disconnected
 * or without address; those that are only suspected stay.
 */
public final class ViewLoader {
  private final NodeLinks links;
  private final Consumer<String> complain;

  /**
   * Prepares to load.
   *
   * @param complain is told of nodes that cannot be reached, a line each
   */
  public ViewLoader(NodeLinks links, Consumer<String> complain) {
    this.links = links;
    this.complain = complain;
  }

  /**
   * Loads the cluster that a node belongs to.
   *
   * @throws IOException if that node cannot be reached or is no cluster node; the message is a
   *     whole line
   */
  public ClusterView load(Endpoint entry) throws IOException {
    ClusterNode first = node(entry);
    List<ClusterNode> nodes = new ArrayList<>(List.of(first));
    List<NodeLine> unreachable = new ArrayList<>();
    for (NodeLine line : first.seen()) {
      if (line.is("myself") || line.is("handshake")) {
        continue;
      }
      ClusterNode friend = isGone(line) ? null : friend(line);
      if (friend != null && !isGone(friend.self())) {
        nodes.add(friend);
      } else if (!line.isReplica()) {
        unreachable.add(line);
      }
    }
    return new ClusterView(nodes, unreachable);
  }

  private static boolean isGone(NodeLine line) {
    return line.endpoint().port() == 0
        || line.endpoint().host().isEmpty()
        || line.is("noaddr")
        || line.is("disconnected")
        || line.is("fail");
  }

  private @Nullable ClusterNode friend(NodeLine line) {
    try {
      return node(line.endpoint());
    } catch (IOException e) {
      complain.accept(String.valueOf(e.getMessage()));
      return null;
    }
  }

  /**
   * Asks one node for its list.
   *
   * @throws IOException if it cannot be reached or is no cluster node; the message is a whole line
   */
  public ClusterNode node(Endpoint endpoint) throws IOException {
    Reply reply = links.call(endpoint, "CLUSTER", "NODES");
    if (reply.isFailure()) {
      throw new IOException(
          reply.asText().contains("cluster support disabled")
              ? "[ERR] Node " + endpoint + " is not configured as a cluster node."
              : "[ERR] Unable to load info for node " + endpoint + ": " + reply.asText());
    }
    List<NodeLine> lines = NodeLine.parseAll(reply.asText());
    for (NodeLine line : lines) {
      if (line.is("myself")) {
        return new ClusterNode(endpoint, line, lines);
      }
    }
    throw new IOException("[ERR] Unable to load info for node " + endpoint);
  }
}
