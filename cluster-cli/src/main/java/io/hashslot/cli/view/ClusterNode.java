package io.hashslot.cli.view;

import io.hashslot.resp.client.Endpoint;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A node that answered.
 *
 * @param endpoint how it was reached
 * @param self what it says of itself
 * @param seen what it says of all nodes it knows, itself among them
 */
public record ClusterNode(Endpoint endpoint, NodeLine self, List<NodeLine> seen) {

  /** The node's id. */
  public String id() {
    return self.id();
  }

  /** Whether it takes writes. */
  public boolean isPrimary() {
    return !self.isReplica();
  }

  /**
   * What the node believes about who serves which slot; two nodes agree if these texts are equal.
   * Roles, epochs and open slots are no part of it.
   */
  public String signature() {
    return seen.stream()
        .filter(line -> !line.slots().isEmpty())
        .map(line -> line.id() + ':' + line.slots())
        .sorted()
        .collect(Collectors.joining("|"));
  }
}
