package io.hashslot.cli.tryout;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hashslot.cli.Surroundings;
import io.hashslot.cli.view.NodeLine;
import io.hashslot.resp.Reply;
import io.hashslot.resp.client.ClusterClient;
import io.hashslot.resp.client.ClusterClient.Routed;
import io.hashslot.resp.client.Command;
import io.hashslot.resp.client.ConnectOptions;
import io.hashslot.resp.client.Endpoint;
import io.hashslot.resp.client.RefusedException;
import io.hashslot.resp.client.RespConnection;
import io.hashslot.resp.client.SlotTable;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * Writes a {@link Book} to a cluster, reads it back, compares every sentence, and tells what stands
 * where.
 */
public final class TryOut {
  private static final int BATCH = 1_000;
  private static final int MAX_COMPLAINTS = 10;

  private final Surroundings surroundings;
  private final Clock clock;

  /** Prints to the given surroundings. */
  public TryOut(Surroundings surroundings, Clock clock) {
    this.surroundings = surroundings;
    this.clock = clock;
  }

  /**
   * Tries out the cluster that a node belongs to.
   *
   * @return the exit status: 0 if every sentence came back as it was written, else 1
   */
  public int run(Endpoint entry, ConnectOptions options) {
    try (var client = new ClusterClient(List.of(entry), options)) {
      return run(client, Book.open());
    } catch (IOException e) {
      surroundings.complain(
          "The cluster at " + entry + " cannot be used: " + RespConnection.reasonOf(e));
      return 1;
    }
  }

  private int run(ClusterClient client, Book book) throws IOException {
    say(
        "Writing %,d sentences of a small book into the cluster, and reading them back ...",
        Book.LINES);
    List<Routed> writes = commands(line -> Command.of("SET", Book.key(line), book.sentence(line)));
    List<Routed> reads = commands(line -> Command.of("GET", Book.key(line)));
    long startNs = clock.monotonicNs();
    inBatches(client, writes);
    long writtenNs = clock.monotonicNs();
    List<Reply> read = inBatches(client, reads);
    long readNs = clock.monotonicNs();

    int wrong = 0;
    Map<Endpoint, Integer> byNode = new TreeMap<>();
    SlotTable table = client.table();
    for (int line = 0; line < Book.LINES; line++) {
      byte[] expected = book.sentence(line).getBytes(UTF_8);
      if (read.get(line).plain() instanceof Reply.Bulk bulk
          && Arrays.equals(bulk.bytes(), expected)) {
        Endpoint node = table.primaryOf(writes.get(line).slot());
        if (node != null) {
          byNode.merge(node, 1, Integer::sum);
        }
      } else if (++wrong <= MAX_COMPLAINTS) {
        surroundings.complain(Book.key(line) + " came back as \"" + read.get(line).asText() + '"');
      }
    }
    tellNodes(client, byNode);
    say("");
    say(
        "%,d of %,d sentences came back as they were written (writing took %.2f s, reading %.2f"
            + " s).",
        Book.LINES - wrong, Book.LINES, (writtenNs - startNs) / 1e9, (readNs - writtenNs) / 1e9);
    if (wrong > 0) {
      surroundings.complain(wrong + " sentences were lost or changed.");
      return 1;
    }
    say("");
    tellHowToGoOn(table, book);
    return 0;
  }

  private static List<Routed> commands(IntFunction<Command> commandOfLine) {
    List<Routed> commands = new ArrayList<>(Book.LINES);
    for (int line = 0; line < Book.LINES; line++) {
      commands.add(Routed.byKey(commandOfLine.apply(line)));
    }
    return commands;
  }

  /**
   * Sends the commands batch by batch.
   *
   * @throws IOException if a node answers with an error that does not pass: there is no use in
   *     going on
   */
  private static List<Reply> inBatches(ClusterClient client, List<Routed> commands)
      throws IOException {
    List<Reply> replies = new ArrayList<>(commands.size());
    for (int from = 0; from < commands.size(); from += BATCH) {
      List<Routed> batch = commands.subList(from, Math.min(commands.size(), from + BATCH));
      for (Reply reply : client.callAll(batch)) {
        if (reply.isFailure()) {
          throw new RefusedException(reply.asText());
        }
        replies.add(reply);
      }
    }
    return replies;
  }

  private void tellNodes(ClusterClient client, Map<Endpoint, Integer> sentencesByNode)
      throws IOException {
    SlotTable table = client.table();
    Map<Endpoint, String> replicas = replicas(client, table);
    say("");
    say("  %-22s %-24s %10s  %s", "primary", "slots", "sentences", "replicas");
    for (Map.Entry<SlotTable.Shard, List<SlotTable.Range>> entry : table.shards()) {
      Endpoint primary = entry.getKey().primary();
      String slots =
          entry.getValue().stream()
              .map(range -> range.from() + "-" + range.to())
              .collect(Collectors.joining(" "));
      say(
          "  %-22s %-24s %,10d  %s",
          primary,
          slots,
          sentencesByNode.getOrDefault(primary, 0),
          replicas.getOrDefault(primary, "none"));
    }
  }

  /**
   * The replicas of each primary. CLUSTER NODES tells also of those that have only begun to copy.
   */
  private static Map<Endpoint, String> replicas(ClusterClient client, SlotTable table)
      throws IOException {
    Map<Endpoint, String> replicas = new TreeMap<>();
    if (table.primaries().isEmpty()) {
      return replicas;
    }
    RespConnection node = client.connectionTo(table.primaries().getFirst());
    List<NodeLine> lines = NodeLine.parseAll(node.call("CLUSTER", "NODES").asText());
    for (NodeLine replica : lines) {
      for (NodeLine primary : lines) {
        if (primary.id().equals(replica.primaryId())) {
          replicas.merge(
              primary.endpoint(),
              replica.endpoint().toString(),
              (one, other) -> one + ", " + other);
        }
      }
    }
    return replicas;
  }

  private void tellHowToGoOn(SlotTable table, Book book) {
    List<Endpoint> primaries = table.primaries();
    if (primaries.isEmpty()) {
      return;
    }
    String host = primaries.getFirst().host();
    int port = primaries.getFirst().port();
    say(
        "Any node will do to start from; clients find the others. For example line 23 of chapter"
            + " 7,");
    say("\"%s\":", book.sentence(6 * Book.LINES_PER_CHAPTER + 22));
    say("");
    say("  redis-cli    redis-cli -c -h %s -p %d GET book:chapter-7:line-23", host, port);
    say("  cluster-cli  bin/cluster-cli -c -h %s -p %d GET book:chapter-7:line-23", host, port);
    say(
        "  Jedis        new JedisCluster(new HostAndPort(\"%s\","
            + " %d)).get(\"book:chapter-7:line-23\")",
        host, port);
    say(
        "  Lettuce     "
            + " RedisClusterClient.create(\"redis://%s:%d\").connect().sync().get(\"book:chapter-7:line-23\")",
        host, port);
    say(
        "  redis-py     redis.cluster.RedisCluster(host=\"%s\","
            + " port=%d).get(\"book:chapter-7:line-23\")",
        host, port);
  }

  private void say(String format, Object... values) {
    surroundings.print(String.format(Locale.ROOT, format, values) + '\n');
  }
}
