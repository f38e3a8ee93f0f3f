package io.hashslot.cli.cluster;

import io.hashslot.cli.Arguments;
import io.hashslot.cli.Option;
import io.hashslot.cli.Settings;
import io.hashslot.cli.Surroundings;
import io.hashslot.cli.UsageException;
import io.hashslot.cli.simulate.Simulation;
import io.hashslot.cli.view.ClusterNode;
import io.hashslot.cli.view.ClusterView;
import io.hashslot.cli.view.NodeLinks;
import io.hashslot.cli.view.ViewLoader;
import io.hashslot.resp.Reply;
import io.hashslot.resp.client.Command;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The sub-commands of {@code --cluster}: which there are, what words they take, and their exit
 * statuses.
 */
public final class ClusterOperations {
  private static final List<String> ELSEWHERE =
      List.of(
          "fix", "reshard", "rebalance", "add-node", "del-node", "set-timeout", "import", "backup");

  private static final String HELP =
      """
      Cluster Manager Commands:
        create         host1:port1 ... hostN:portN
                       --cluster-replicas <arg>
                       --cluster-wait <seconds> (60: how long the nodes may take to join)
        check          <host:port> or <host> <port> - separated by either colon or space
                       --cluster-search-multiple-owners
        info           <host:port> or <host> <port> - separated by either colon or space
        call           host:port command arg arg .. arg
                       --cluster-only-masters (or --cluster-only-primaries)
                       --cluster-only-replicas
        simulate       --cluster-primaries <n> --cluster-replicas <n> --zones a,b,c
                       --from <host:port> (a live cluster's layout instead)
                       --script <text> or --script-file <file> (see docs/simulate.md)
                       --node-timeout <ms> --ping-interval <ms>
                       --delay <duration or two> --loss <percent>
                       --seed <n> --seeds <n> --json
        help

      For check, info, call you can specify the host and port of any working node in the cluster.
      A bus port other than the usual one is written behind the port: host:port@bus.

      Cluster Manager Options:
        --cluster-yes  Automatic yes to cluster commands prompts

      """;

  private static final int CONNECT_TIMEOUT_MS = 5_000;

  private final Arguments arguments;
  private final Settings settings;
  private final Surroundings surroundings;
  private final Clock clock;
  private final RandomGenerator random;
  private final Report report;

  /**
   * Prepares to work.
   *
   * @param random decides between equal plans
   */
  public ClusterOperations(
      Arguments arguments,
      Settings settings,
      Surroundings surroundings,
      Clock clock,
      RandomGenerator random) {
    this.arguments = arguments;
    this.settings = settings;
    this.surroundings = surroundings;
    this.clock = clock;
    this.random = random;
    this.report = new Report(surroundings);
  }

  /**
   * Runs the sub-command of the command line.
   *
   * @return the exit status
   * @throws UsageException if the words make no sense
   */
  public int run() throws UsageException {
    String name = String.valueOf(arguments.text(Option.CLUSTER));
    List<String> words = arguments.clusterWords();
    if (ELSEWHERE.contains(name)) {
      throw new UsageException(
          "[ERR] --cluster " + name + " is not available in this version of cluster-cli");
    }
    long readTimeoutMs = arguments.number(Option.CLUSTER_TIMEOUT, 60_000);
    int connectTimeoutMs = settings.connect().connectTimeoutMs();
    var options =
        settings
            .connect()
            .withTimeoutsMs(
                connectTimeoutMs == 0 ? CONNECT_TIMEOUT_MS : connectTimeoutMs, (int) readTimeoutMs);
    try (var links = new NodeLinks(options)) {
      return switch (name) {
        case "create" -> create(atLeast(2, words), links);
        case "check" -> check(NodeAddress.parse(atLeast(1, words)), links);
        case "info" -> {
          new Check(links, report).info(load(NodeAddress.parse(atLeast(1, words)), links));
          yield 0;
        }
        case "call" -> call(atLeast(2, words), links);
        case "simulate" -> new Simulation(arguments, surroundings, links).run();
        case "help" -> {
          report.part(HELP);
          yield 1;
        }
        default -> throw new UsageException("Unknown --cluster subcommand");
      };
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      if (message.startsWith("[ERR] ")) {
        report.wrong(message);
      } else {
        report.complain(message);
      }
      return 1;
    }
  }

  private static List<String> atLeast(int count, List<String> words) throws UsageException {
    if (words.size() < count) {
      throw new UsageException(
          "[ERR] Wrong number of arguments for specified --cluster sub command");
    }
    return words;
  }

  private ClusterView load(NodeAddress address, NodeLinks links) throws IOException {
    ClusterView view = new ViewLoader(links, report::complain).load(address.endpoint());
    for (ClusterNode node : view.nodes()) {
      String primaryId = node.self().primaryId();
      if (primaryId != null && view.byId(primaryId) == null) {
        report.remark(
            "*** WARNING: %s claims to be slave of unknown node ID %s."
                .formatted(node.endpoint(), primaryId));
      }
    }
    return view;
  }

  private int create(List<String> words, NodeLinks links) throws UsageException, IOException {
    List<NodeAddress> addresses = new ArrayList<>();
    for (String word : words) {
      addresses.add(NodeAddress.parse(word));
    }
    long replicas = arguments.number(Option.CLUSTER_REPLICAS, 0);
    if (replicas < 0 || replicas > 1000) {
      throw new UsageException("[ERR] Invalid number of replicas: " + replicas);
    }
    var loader = new ViewLoader(links, report::complain);
    var join = new Join(links, loader, report, clock, arguments.number(Option.CLUSTER_WAIT, 60));
    return new Create(links, loader, report, join)
        .run(addresses, (int) replicas, random, this::confirm);
  }

  /** Whether the answer begins with {@code yes}. */
  private boolean confirm(String question) throws IOException {
    if (arguments.has(Option.CLUSTER_YES)
        || "1".equals(surroundings.variable("REDISCLI_CLUSTER_YES"))) {
      return true;
    }
    report.part(question);
    var answer = new StringBuilder();
    for (int c = surroundings.in().read(); c > 0 && c != '\n'; c = surroundings.in().read()) {
      answer.append((char) c);
    }
    return answer.toString().startsWith("yes");
  }

  private int check(NodeAddress address, NodeLinks links) throws IOException {
    ClusterView view = load(address, links);
    var check = new Check(links, report);
    check.info(view);
    return check.slots(view, arguments.has(Option.CLUSTER_SEARCH_MULTIPLE_OWNERS)) ? 0 : 1;
  }

  private int call(List<String> words, NodeLinks links) throws UsageException, IOException {
    ClusterView view = load(NodeAddress.parse(words.getFirst()), links);
    List<String> commandWords = words.subList(1, words.size());
    report.stepPart("Calling");
    report.line(" " + String.join(" ", commandWords));
    Command command = Command.of(commandWords);
    boolean onlyPrimaries =
        arguments.has(Option.CLUSTER_ONLY_MASTERS) || arguments.has(Option.CLUSTER_ONLY_PRIMARIES);
    boolean onlyReplicas = arguments.has(Option.CLUSTER_ONLY_REPLICAS);
    for (ClusterNode node : view.nodes()) {
      if (onlyPrimaries && !node.isPrimary() || onlyReplicas && node.isPrimary()) {
        continue;
      }
      try {
        Reply reply = links.call(node.endpoint(), command);
        report.part(node.endpoint() + ": ");
        surroundings.print(settings.rawBytes(reply));
        report.part("\n");
      } catch (IOException _) {
        report.line(node.endpoint() + ": Failed!");
      }
    }
    return 0;
  }
}
