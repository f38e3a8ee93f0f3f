package io.hashslot.cli.cluster;

import io.hashslot.cli.cluster.CreatePlan.Primary;
import io.hashslot.cli.cluster.CreatePlan.Replica;
import io.hashslot.cli.view.ClusterNode;
import io.hashslot.cli.view.NodeLinks;
import io.hashslot.cli.view.ViewLoader;
import io.hashslot.resp.Reply;
import io.hashslot.resp.client.Command;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Forms a cluster of empty nodes: looks at them, plans, shows the plan, asks, carries it out, waits
 * until all know all, and checks the result.
 */
final class Create {
  /** Up to so many nodes each is introduced to each. */
  private static final int ALL_GREET_ALL = 16;

  private final NodeLinks links;
  private final ViewLoader loader;
  private final Report report;
  private final Join join;

  Create(NodeLinks links, ViewLoader loader, Report report, Join join) {
    this.links = links;
    this.loader = loader;
    this.report = report;
    this.join = join;
  }

  /** Asks the person; {@code true} to go on. */
  interface Question {
    boolean ask(String question) throws IOException;
  }

  /**
   * Forms the cluster.
   *
   * @return the exit status: 0 if the cluster stands or the person declined, 3 if the nodes did not
   *     join in time, else 1
   */
  int run(List<NodeAddress> addresses, int replicas, RandomGenerator random, Question question)
      throws IOException {
    Map<NodeAddress, ClusterNode> nodes = lookAt(addresses);
    if (nodes.isEmpty() || !isEnough(addresses.size(), replicas)) {
      return 1;
    }
    CreatePlan plan = plan(addresses, replicas, random);
    show(plan, addresses, nodes);
    if (!question.ask("Can I set the above configuration? (type 'yes' to accept): ")) {
      return 0;
    }
    return carryOut(plan, addresses, nodes);
  }

  /**
   * All nodes by address, or none if one of them cannot become part of a new cluster; every reason
   * is said.
   */
  private Map<NodeAddress, ClusterNode> lookAt(List<NodeAddress> addresses) {
    Map<NodeAddress, ClusterNode> nodes = new HashMap<>();
    Map<String, NodeAddress> byId = new HashMap<>();
    boolean fit = true;
    for (NodeAddress address : addresses) {
      try {
        ClusterNode node = loader.node(address.endpoint());
        nodes.put(address, node);
        NodeAddress twin = byId.put(node.id(), address);
        if (twin != null) {
          report.error(twin + " and " + address + " are the same node.");
          fit = false;
        } else if (!isEmpty(node)) {
          report.error(
              "Node "
                  + address
                  + " is not empty. Either the node already knows other nodes (check with CLUSTER"
                  + " NODES) or contains some key in database 0.");
          fit = false;
        } else if (!node.self().slots().isEmpty()) {
          report.error("Node " + address + " serves slots already (undo that with CLUSTER RESET).");
          fit = false;
        }
      } catch (IOException e) {
        say(e);
        fit = false;
      }
    }
    return fit ? nodes : Map.of();
  }

  private void say(IOException e) {
    String message = String.valueOf(e.getMessage());
    if (message.startsWith("[ERR] ")) {
      report.wrong(message);
    } else {
      report.complain(message);
    }
  }

  private boolean isEmpty(ClusterNode node) throws IOException {
    Reply info = links.call(node.endpoint(), "INFO");
    if (info.isFailure()) {
      throw new IOException("[ERR] Node " + node.endpoint() + " " + info.asText());
    }
    return node.seen().size() == 1 && !info.asText().contains("db0:");
  }

  private boolean isEnough(int nodes, int replicas) {
    if (CreatePlan.primaryCount(nodes, replicas) >= CreatePlan.MIN_PRIMARIES) {
      return true;
    }
    report.wrong(
        "*** ERROR: Invalid configuration for cluster creation.\n"
            + "*** Redis Cluster requires at least 3 master nodes.\n"
            + "*** This is not possible with %d nodes and %d replicas per node."
                .formatted(nodes, replicas));
    report.wrong(
        "*** At least %d nodes are required.".formatted(CreatePlan.MIN_PRIMARIES * (replicas + 1)));
    return false;
  }

  private CreatePlan plan(List<NodeAddress> addresses, int replicas, RandomGenerator random) {
    report.step("Performing hash slots allocation on " + addresses.size() + " nodes...");
    CreatePlan plan = CreatePlan.of(addresses, replicas);
    for (int i = 0; i < plan.primaries().size(); i++) {
      var slots = plan.primaries().get(i).slots();
      report.line("Master[%d] -> Slots %d - %d".formatted(i, slots.first(), slots.last()));
    }
    boolean extra = false;
    for (Replica replica : plan.replicas()) {
      if (replica.extra() && !extra) {
        report.line("Adding extra replicas...");
        extra = true;
      }
      report.line("Adding replica " + replica.address() + " to " + replica.primary());
    }
    if (plan.affinityScore() == 0) {
      return plan;
    }
    report.step("Trying to optimize slaves allocation for anti-affinity");
    CreatePlan improved = plan.improved(random);
    int score = improved.affinityScore();
    if (score == 0) {
      report.ok("Perfect anti-affinity obtained!");
    } else if (score >= AntiAffinity.WITH_PRIMARY) {
      report.warning("Some slaves are in the same host as their master");
    } else {
      report.warning("Some slaves of the same master are in the same host");
    }
    return improved;
  }

  private void show(
      CreatePlan plan, List<NodeAddress> addresses, Map<NodeAddress, ClusterNode> nodes) {
    for (NodeAddress address : addresses) {
      for (Primary primary : plan.primaries()) {
        if (primary.address().equals(address)) {
          report.line(
              "M: %s %s\n   slots:[%s] (%d slots) master"
                  .formatted(
                      id(nodes, address), address, primary.slots(), primary.slots().count()));
        }
      }
      for (Replica replica : plan.replicas()) {
        if (replica.address().equals(address)) {
          report.line(
              "S: %s %s\n   replicates %s"
                  .formatted(id(nodes, address), address, id(nodes, replica.primary())));
        }
      }
    }
  }

  private static String id(Map<NodeAddress, ClusterNode> nodes, NodeAddress address) {
    ClusterNode node = nodes.get(address);
    return node == null ? "?" : node.id();
  }

  private int carryOut(
      CreatePlan plan, List<NodeAddress> addresses, Map<NodeAddress, ClusterNode> nodes)
      throws IOException {
    for (Primary primary : plan.primaries()) {
      if (!accepted(primary.address(), addSlots(primary))) {
        return 1;
      }
    }
    report.step("Nodes configuration updated");
    report.step("Assign a different config epoch to each node");
    for (int i = 0; i < addresses.size(); i++) {
      links.call(
          addresses.get(i).endpoint(), "CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
    }
    report.step("Sending CLUSTER MEET messages to join the cluster");
    if (!introduce(addresses)) {
      return 1;
    }
    report.line("Waiting for the cluster to join");
    Acquaintance joined = join.awaitAcquaintance(addresses);
    if (!joined.isComplete()) {
      return tellWhoIsMissing(joined);
    }
    for (Replica replica : plan.replicas()) {
      String primaryId = id(nodes, replica.primary());
      if (!accepted(replica.address(), Command.of("CLUSTER", "REPLICATE", primaryId))) {
        return 1;
      }
    }
    join.awaitReplicas(addresses, plan.replicas().size());
    for (NodeAddress late : join.awaitService(addresses)) {
      report.warning("Node " + late + " does not serve yet (see CLUSTER INFO there)");
    }
    new Check(links, report).slots(loader.load(addresses.getFirst().endpoint()), false);
    return 0;
  }

  private static Command addSlots(Primary primary) {
    List<String> words = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
    for (int slot = primary.slots().first(); slot <= primary.slots().last(); slot++) {
      words.add(Integer.toString(slot));
    }
    return Command.of(words);
  }

  /**
   * Every node greets those before it, so that nobody waits for gossip; in large clusters only the
   * first, and gossip does the rest. MEET takes no names, so it gets the addresses at which the
   * nodes were reached.
   */
  private boolean introduce(List<NodeAddress> addresses) throws IOException {
    int greeted = addresses.size() <= ALL_GREET_ALL ? addresses.size() : 1;
    for (int i = 0; i < greeted; i++) {
      Command meet = meet(addresses.get(i));
      for (NodeAddress address : addresses.subList(i + 1, addresses.size())) {
        if (!accepted(address, meet)) {
          return false;
        }
      }
    }
    return true;
  }

  private Command meet(NodeAddress node) throws IOException {
    String ip = links.to(node.endpoint()).remoteAddress();
    String port = Integer.toString(node.endpoint().port());
    return node.busPort() == 0
        ? Command.of("CLUSTER", "MEET", ip, port)
        : Command.of("CLUSTER", "MEET", ip, port, Integer.toString(node.busPort()));
  }

  private boolean accepted(NodeAddress address, Command command) throws IOException {
    Reply reply = links.call(address.endpoint(), command);
    if (reply.isFailure()) {
      report.error(
          "Node %s replied with error to %s %s: %s"
              .formatted(address, command.word(0), command.word(1), reply.asText()));
    }
    return !reply.isFailure();
  }

  private int tellWhoIsMissing(Acquaintance seen) {
    report.error(
        "The nodes did not join in time. Row: a node; column: what it knows of that peer.");
    report.line(seen.table());
    report.line(
        """
        ok: linked; no link: known, but its bus port cannot be reached; greeting: met, no answer yet;
        unknown: never heard of; silent: does not answer clients.
        Cluster bus ports must be reachable by every node.
        Remember that cluster bus ports are different from standard instance ports.\
        """);
    return 3;
  }
}
