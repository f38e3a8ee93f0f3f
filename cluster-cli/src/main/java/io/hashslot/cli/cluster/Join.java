package io.hashslot.cli.cluster;

import io.hashslot.cli.view.ClusterNode;
import io.hashslot.cli.view.NodeLinks;
import io.hashslot.cli.view.ViewLoader;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits, for a bounded time, until nodes that were introduced to each other know each other and
 * serve.
 */
final class Join {
  private static final int POLL_MS = 50;
  private static final long DOT_NS = 1_000_000_000L;

  private final NodeLinks links;
  private final ViewLoader loader;
  private final Report report;
  private final Clock clock;
  private final long limitNs;

  /**
   * Prepares to wait.
   *
   * @param limitSeconds how long at most, each time
   */
  Join(NodeLinks links, ViewLoader loader, Report report, Clock clock, long limitSeconds) {
    this.links = links;
    this.loader = loader;
    this.report = report;
    this.clock = clock;
    this.limitNs = limitSeconds * 1_000_000_000L;
  }

  /** Waits until all nodes know all nodes, printing a dot a second; returns what was seen last. */
  Acquaintance awaitAcquaintance(List<NodeAddress> addresses) throws IOException {
    return poll(() -> look(addresses), Acquaintance::isComplete, true);
  }

  /** Waits until all nodes know of so many replicas. */
  void awaitReplicas(List<NodeAddress> addresses, int count) throws IOException {
    poll(() -> look(addresses), seen -> seen.hasReplicas(count), false);
  }

  /** Waits until all nodes say that the cluster serves; returns those that do not. */
  List<NodeAddress> awaitService(List<NodeAddress> addresses) throws IOException {
    return poll(() -> notServing(addresses), List::isEmpty, false);
  }

  private <T> T poll(Supplier<T> look, Predicate<T> wanted, boolean dots) throws IOException {
    long start = clock.monotonicNs();
    long nextDot = start;
    while (true) {
      T seen = look.get();
      long now = clock.monotonicNs();
      if (dots && now >= nextDot) {
        report.part(".");
        nextDot = now + DOT_NS;
      }
      if (wanted.test(seen) || now - start >= limitNs) {
        report.part(dots ? "\n" : "");
        return seen;
      }
      try {
        Thread.sleep(POLL_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while waiting for the cluster", e);
      }
    }
  }

  private Acquaintance look(List<NodeAddress> addresses) {
    List<@Nullable ClusterNode> nodes = new ArrayList<>();
    for (NodeAddress address : addresses) {
      try {
        nodes.add(loader.node(address.endpoint()));
      } catch (IOException _) {
        nodes.add(null);
      }
    }
    return new Acquaintance(addresses, nodes);
  }

  private List<NodeAddress> notServing(List<NodeAddress> addresses) {
    List<NodeAddress> late = new ArrayList<>();
    for (NodeAddress address : addresses) {
      try {
        if (!links
            .call(address.endpoint(), "CLUSTER", "INFO")
            .asText()
            .contains("cluster_state:ok")) {
          late.add(address);
        }
      } catch (IOException _) {
        late.add(address);
      }
    }
    return late;
  }
}
