package io.hashslot.bench.compare;

import io.hashslot.bench.compare.ServerSettings.RunningServers;
import io.hashslot.bench.load.LoadFailure;
import io.hashslot.resp.client.Endpoint;
import io.hashslot.slot.Slots;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A cluster of two nodes of one kind: two primaries with half of the slots each, or a primary of
 * all slots and its replica. Formed by plain orders, since the command lines ask for three
 * primaries. Closing ends the nodes.
 */
final class TwoNodes implements AutoCloseable {

  private static final int POLL_MS = 20;
  private static final long LIMIT_NS = 120_000_000_000L;

  private final String name;
  private final Clock clock;
  private final RunningServers nodes;
  private final List<ServerDialogue> dialogues = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();

  private TwoNodes(String name, Clock clock, RunningServers nodes) {
    this.name = name;
    this.clock = clock;
    this.nodes = nodes;
  }

  /** What makes two nodes a cluster. */
  @FunctionalInterface
  private interface Forming {
    void of(TwoNodes pair) throws IOException, InterruptedException;
  }

  /**
   * Starts two nodes, which own no slots yet, and forms a cluster of them.
   *
   * @param firstIndex the how manieth port from the first on is the first node's
   */
  private static TwoNodes start(
      ServerSettings settings,
      ServerSpec spec,
      int firstIndex,
      Path base,
      Clock clock,
      Forming forming)
      throws IOException, InterruptedException {
    TwoNodes pair = new TwoNodes(spec.name(), clock, new RunningServers(new ArrayList<>()));
    try {
      for (int i = 0; i < 2; i++) {
        ServerSpec node =
            spec.named(spec.name() + "-" + (i + 1))
                .with("--cluster-enabled yes --repl-diskless-sync-delay 0");
        RunningServer server = settings.start(node, firstIndex + i, base, Map.of(), clock);
        pair.nodes.all().add(server);
        ServerDialogue dialogue = server.dialogue();
        pair.dialogues.add(dialogue);
        pair.ids.add(dialogue.call("CLUSTER", "MYID").asText());
        dialogue.call("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
      }
      forming.of(pair);
      return pair;
    } catch (IOException | InterruptedException | RuntimeException e) {
      pair.close();
      throw e;
    }
  }

  /** Starts two primaries with half of the slots each; returns when both serve them. */
  static TwoNodes primaries(
      ServerSettings settings, ServerSpec spec, int firstIndex, Path base, Clock clock)
      throws IOException, InterruptedException {
    return start(settings, spec, firstIndex, base, clock, TwoNodes::share);
  }

  private void share() throws IOException, InterruptedException {
    assign(0, 0, Slots.COUNT / 2 - 1);
    assign(1, Slots.COUNT / 2, Slots.COUNT - 1);
    meet();
  }

  /** Starts a primary of all slots and its replica; returns when it serves and is in step. */
  static TwoNodes withReplica(
      ServerSettings settings, ServerSpec spec, int firstIndex, Path base, Clock clock)
      throws IOException, InterruptedException {
    return start(settings, spec, firstIndex, base, clock, TwoNodes::lead);
  }

  private void lead() throws IOException, InterruptedException {
    assign(0, 0, Slots.COUNT - 1);
    meet();
    dialogues.get(1).call("CLUSTER", "REPLICATE", ids.get(0));
    dialogues
        .get(1)
        .await(
            "replication",
            "it follows its primary",
            POLL_MS,
            60,
            info -> info.is("role", "slave") && info.is("master_link_status", "up"));
    awaitAgreement();
  }

  /** Waits until the replica has applied all that its primary has written so far. */
  void awaitInStep() throws IOException, InterruptedException {
    long written = dialogues.get(0).info("replication").number("master_repl_offset");
    dialogues
        .get(1)
        .await(
            "replication",
            "it has what its primary has",
            POLL_MS,
            60,
            info -> info.number("slave_repl_offset") >= written);
  }

  private void assign(int node, int first, int last) throws IOException {
    dialogues
        .get(node)
        .call("CLUSTER", "ADDSLOTSRANGE", Integer.toString(first), Integer.toString(last));
  }

  private void meet() throws IOException, InterruptedException {
    int port = nodes.all().get(1).port();
    dialogues.get(0).call("CLUSTER", "MEET", "127.0.0.1", Integer.toString(port));
    awaitAgreement();
  }

  /** Waits until both say the same about all slots, and serve. */
  void awaitAgreement() throws IOException, InterruptedException {
    long fromNs = clock.monotonicNs();
    while (!agree()) {
      if (clock.monotonicNs() - fromNs > LIMIT_NS) {
        throw new LoadFailure(name + ": the two nodes do not agree");
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
  }

  private boolean agree() throws IOException {
    NodesText first = seenBy(0);
    String agreement = first.agreement();
    return first.rows().size() == 2
        && !agreement.contains(" false ")
        && agreement.equals(seenBy(1).agreement())
        && serves(0)
        && serves(1);
  }

  private boolean serves(int node) throws IOException {
    return dialogues.get(node).call("CLUSTER", "INFO").asText().contains("cluster_state:ok");
  }

  private NodesText seenBy(int node) throws IOException {
    return NodesText.parse(dialogues.get(node).call("CLUSTER", "NODES").asText());
  }

  String name() {
    return name;
  }

  /** Returns the primary's process, or the first one's. */
  RunningServer first() {
    return nodes.all().getFirst();
  }

  /** Where clients reach the nodes. */
  List<Endpoint> endpoints() {
    return nodes.all().stream().map(node -> new Endpoint("127.0.0.1", node.port())).toList();
  }

  /** Returns which of the two, 0 or 1, owns a slot by its own account. */
  int ownerOf(int slot) throws IOException {
    return seenBy(0).at(endpoints().get(0).port()).owns(slot) ? 0 : 1;
  }

  /**
   * Checks that one of the two, 0 or 1, owns the first and the last slot of a range.
   *
   * @throws LoadFailure if it does not
   */
  void requireOwner(int node, int first, int last) throws IOException {
    NodesText.Row row = seenBy(node).at(endpoints().get(node).port());
    if (!row.owns(first) || !row.owns(last)) {
      throw new LoadFailure(name + ": the slots have not moved");
    }
  }

  /** The name of a node within the cluster. */
  String id(int node) {
    return ids.get(node);
  }

  /** For orders to a node. */
  ServerDialogue dialogue(int node) {
    return dialogues.get(node);
  }

  /** Returns the number of keys of both primaries together. */
  long keys() throws IOException {
    return dialogues.get(0).number("DBSIZE") + dialogues.get(1).number("DBSIZE");
  }

  /**
   * Waits until both together have exactly these many keys: a source may clear away what it gave
   * after it has given it.
   */
  void awaitKeys(long expected) throws IOException, InterruptedException {
    long fromNs = clock.monotonicNs();
    for (long found; (found = keys()) != expected; ) {
      if (clock.monotonicNs() - fromNs > LIMIT_NS) {
        throw new LoadFailure(
            "%s: %d keys of %d are there after the slots have moved"
                .formatted(name, found, expected));
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
  }

  @Override
  public void close() {
    dialogues.forEach(ServerDialogue::close);
    nodes.close();
  }
}
