package io.hashslot.cli.cluster;

import io.hashslot.cli.view.ClusterNode;
import io.hashslot.cli.view.NodeLine;
import io.hashslot.cli.view.ViewLoader;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Waits until nodes that were introduced to each other know each other, for a bounded time, and
 * tells who does not know whom if they never do.
 */
final class Join {
  private static final int POLL_MS = 100;
  private static final long DOT_NS = 1_000_000_000L;

  private final ViewLoader loader;
  private final Report report;
  private final Clock clock;
  private final long limitNs;

  /**
   * Prepares to wait.
   *
   * @param limitSeconds how long at most
   */
  Join(ViewLoader loader, Report report, Clock clock, long limitSeconds) {
    this.loader = loader;
    this.report = report;
    this.clock = clock;
    this.limitNs = limitSeconds * 1_000_000_000L;
  }

  /** What one look at all nodes showed; a node that did not answer is {@code null}. */
  record Look(List<NodeAddress> addresses, List<@Nullable ClusterNode> nodes) {

    /** Whether all nodes know all nodes, and agree who serves what. */
    boolean isJoined() {
      List<String> ids = new ArrayList<>();
      for (ClusterNode node : nodes) {
        if (node == null) {
          return false;
        }
        ids.add(node.id());
      }
      return nodes.stream().allMatch(node -> node != null && knowsAll(node, ids))
          && nodes.stream().map(node -> node == null ? "" : node.signature()).distinct().count()
              == 1;
    }

    private static boolean knowsAll(ClusterNode node, List<String> ids) {
      List<String> known =
          node.seen().stream().filter(line -> !line.is("handshake")).map(NodeLine::id).toList();
      return known.containsAll(ids);
    }

    /** Whether every node knows the same nodes as replicas. */
    boolean agreesOnReplicas(int replicas) {
      return nodes.stream()
          .allMatch(
              node ->
                  node != null
                      && node.seen().stream().filter(NodeLine::isReplica).count() >= replicas);
    }

    /** A table: a row for each node, a column for each of its peers. */
    String table() {
      Map<String, Integer> numbers = new HashMap<>();
      for (int i = 0; i < nodes.size(); i++) {
        ClusterNode node = nodes.get(i);
        if (node != null) {
          numbers.put(node.id(), i);
        }
      }
      int width = addresses.stream().mapToInt(it -> it.toString().length()).max().orElse(0);
      var table = new StringBuilder(" ".repeat(width + 6));
      for (int i = 0; i < nodes.size(); i++) {
        table.append("%-10s".formatted(i + 1));
      }
      for (int row = 0; row < nodes.size(); row++) {
        table.append('\n').append("%4d  ".formatted(row + 1));
        table
            .append(addresses.get(row))
            .append(" ".repeat(width - addresses.get(row).toString().length()));
        for (int column = 0; column < nodes.size(); column++) {
          table.append(' ').append("%-9s".formatted(cell(row, column)));
        }
      }
      return table.toString().replaceAll(" +\n", "\n").stripTrailing();
    }

    private String cell(int row, int column) {
      ClusterNode node = nodes.get(row);
      if (node == null) {
        return "silent";
      }
      if (row == column) {
        return "-";
      }
      ClusterNode peer = nodes.get(column);
      for (NodeLine line : node.seen()) {
        boolean same =
            peer == null
                ? line.endpoint().port() == addresses.get(column).endpoint().port()
                : line.id().equals(peer.id());
        if (same) {
          return line.is("handshake") ? "greeting" : line.connected() ? "ok" : "no link";
        }
      }
      return "unknown";
    }
  }

  /** Waits until the look is as wanted, printing a dot a second; returns the last look. */
  Look await(List<NodeAddress> addresses, Predicate<Look> wanted, boolean dots) throws IOException {
    long start = clock.monotonicNs();
    long nextDot = start;
    while (true) {
      Look look = look(addresses);
      long now = clock.monotonicNs();
      if (dots && now >= nextDot) {
        report.part(".");
        nextDot = now + DOT_NS;
      }
      if (wanted.test(look) || now - start >= limitNs) {
        report.part(dots ? "\n" : "");
        return look;
      }
      try {
        Thread.sleep(POLL_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while waiting for the cluster to join", e);
      }
    }
  }

  private Look look(List<NodeAddress> addresses) {
    List<@Nullable ClusterNode> nodes = new ArrayList<>();
    for (NodeAddress address : addresses) {
      try {
        nodes.add(loader.node(address.endpoint()));
      } catch (IOException _) {
        nodes.add(null);
      }
    }
    return new Look(addresses, nodes);
  }
}
