package io.hashslot.bench.compare;

import io.hashslot.bench.load.LoadFailure;
import io.hashslot.resp.Reply;
import io.hashslot.resp.client.ConnectOptions;
import io.hashslot.resp.client.Endpoint;
import io.hashslot.resp.client.RespConnection;
import io.hashslot.slot.Slots;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A cluster of three primaries with a replica each, all of one kind of server, formed by the
 * command line that belongs to it. Closing ends the nodes.
 */
final class SixNodes implements AutoCloseable {

  private static final int NODES = 6;
  private static final int POLL_MS = 20;
  private static final int ASK_EVERY_MS = 2;
  private static final int LOOK_EVERY = 5;
  private static final long LIMIT_NS = 60_000_000_000L;
  private static final ConnectOptions OPTIONS = ConnectOptions.PLAIN.withTimeoutsMs(1_000, 5_000);

  private final String name;
  private final ServerSettings settings;
  private final ServerSpec spec;
  private final int firstIndex;
  private final Path base;
  private final Clock clock;
  private final List<RunningServer> nodes = new ArrayList<>();

  private SixNodes(
      ServerSettings settings, ServerSpec spec, int firstIndex, Path base, Clock clock) {
    this.name = spec.name();
    this.settings = settings;
    this.spec = spec;
    this.firstIndex = firstIndex;
    this.base = base;
    this.clock = clock;
  }

  /**
   * One failover.
   *
   * @param detectedMs from the kill until a survivor says that the node has failed
   * @param servedMs from the kill until a write to one of its slots is accepted
   */
  record Failover(double detectedMs, double servedMs) {}

  /** Starts the nodes; they do not know each other yet. */
  static SixNodes start(
      ServerSettings settings, ServerSpec spec, int firstIndex, Path base, Clock clock)
      throws IOException, InterruptedException {
    SixNodes cluster = new SixNodes(settings, spec, firstIndex, base, clock);
    try {
      for (int i = 0; i < NODES; i++) cluster.nodes.add(cluster.startNode(i));
    } catch (IOException | InterruptedException | RuntimeException e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }

  private RunningServer startNode(int i) throws IOException, InterruptedException {
    ServerSpec node = spec.named(name + "-" + (i + 1));
    return settings.start(node, firstIndex + i, base, Map.of(), clock);
  }

  String name() {
    return name;
  }

  /**
   * Makes them a cluster.
   *
   * @param commandLine what forms clusters of this kind: its {@code --cluster create} is used
   * @return milliseconds from starting the command until all agree and all replicas are in step
   */
  double create(String commandLine) throws IOException, InterruptedException {
    var words = new ArrayList<>(List.of(commandLine, "--cluster", "create"));
    nodes.forEach(node -> words.add("127.0.0.1:" + node.port()));
    words.addAll(List.of("--cluster-replicas", "1", "--cluster-yes"));
    Path log = base.resolve(name + "-create.log");
    long fromNs = clock.monotonicNs();
    Process create =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(log.toFile())
            .start();
    try {
      awaitHealth(fromNs);
      return (clock.monotonicNs() - fromNs) / 1e6;
    } finally {
      if (!create.waitFor(LIMIT_NS, TimeUnit.NANOSECONDS)) create.destroyForcibly();
    }
  }

  /** Waits until all nodes run, agree, serve, and all replicas are in step. */
  void awaitHealth() throws IOException, InterruptedException {
    awaitHealth(clock.monotonicNs());
  }

  private void awaitHealth(long fromNs) throws IOException, InterruptedException {
    while (!isHealthy()) {
      if (clock.monotonicNs() - fromNs > LIMIT_NS) {
        throw new LoadFailure(name + ": the cluster does not come to order");
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
  }

  private boolean isHealthy() throws IOException {
    String agreed = "";
    for (RunningServer node : nodes) {
      try (RespConnection connection = connect(node)) {
        NodesText seen = NodesText.parse(connection.call("CLUSTER", "NODES").asText());
        String agreement = seen.agreement();
        if (agreed.isEmpty()) agreed = agreement;
        InfoText replication = InfoText.parse(connection.call("INFO", "replication").asText());
        if (seen.rows().size() != NODES
            || !agreement.equals(agreed)
            || agreement.contains(" false ")
            || !connection.call("CLUSTER", "INFO").asText().contains("cluster_state:ok")
            || (replication.is("role", "slave") && !replication.is("master_link_status", "up"))) {
          return false;
        }
      }
    }
    return agreed.lines().filter(line -> line.contains(" slave ")).count() == NODES / 2;
  }

  private static RespConnection connect(RunningServer node) throws IOException {
    return RespConnection.open(new Endpoint("127.0.0.1", node.port()), OPTIONS);
  }

  /** Kills the primary of a key without a word and writes to its slot until that works again. */
  Failover failover(String key) throws IOException, InterruptedException {
    int slot = Slots.of(key.getBytes(StandardCharsets.UTF_8));
    NodesText before = look(nodes.getFirst());
    NodesText.Row victim =
        before.rows().stream().filter(row -> row.owns(slot)).findFirst().orElseThrow();
    NodesText.Row heir =
        before.rows().stream()
            .filter(row -> row.primary().equals(victim.id()))
            .findFirst()
            .orElseThrow();
    NodesText.Row witness =
        before.rows().stream()
            .filter(row -> row.is("master") && !row.id().equals(victim.id()))
            .findFirst()
            .orElseThrow();
    try (RespConnection toHeir = connect(at(heir.port()));
        RespConnection toWitness = connect(at(witness.port()))) {
      long killedNs = clock.monotonicNs();
      at(victim.port()).crash();
      double detectedMs = 0;
      for (int turn = 0; ; turn++) {
        double nowMs = (clock.monotonicNs() - killedNs) / 1e6;
        boolean look = detectedMs == 0 && turn % LOOK_EVERY == 0;
        if (look && (sees(toWitness, victim) || sees(toHeir, victim))) detectedMs = nowMs;
        if (accepts(toHeir, key)) {
          double servedMs = (clock.monotonicNs() - killedNs) / 1e6;
          return new Failover(detectedMs == 0 ? servedMs : detectedMs, servedMs);
        }
        if (nowMs * 1e6 > LIMIT_NS) throw new LoadFailure(name + ": nobody took over");
        TimeUnit.MILLISECONDS.sleep(ASK_EVERY_MS);
      }
    }
  }

  private static boolean sees(RespConnection of, NodesText.Row victim) throws IOException {
    return NodesText.parse(of.call("CLUSTER", "NODES").asText()).at(victim.port()).is("fail");
  }

  private static boolean accepts(RespConnection connection, String key) throws IOException {
    Reply reply = connection.call("SET", key, "x");
    return !reply.isFailure() && reply.asText().equals("OK");
  }

  private NodesText look(RunningServer node) throws IOException {
    try (RespConnection connection = connect(node)) {
      return NodesText.parse(connection.call("CLUSTER", "NODES").asText());
    }
  }

  private RunningServer at(int port) {
    return nodes.stream().filter(node -> node.port() == port).findFirst().orElseThrow();
  }

  /** Starts who was killed again and waits until the cluster is whole. */
  void restore() throws IOException, InterruptedException {
    for (int i = 0; i < NODES; i++) {
      if (!nodes.get(i).runs()) {
        nodes.get(i).close();
        nodes.set(i, startNode(i));
      }
    }
    awaitHealth();
  }

  @Override
  public void close() {
    nodes.forEach(RunningServer::close);
  }
}
