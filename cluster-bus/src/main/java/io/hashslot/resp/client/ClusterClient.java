package io.hashslot.resp.client;

import io.hashslot.resp.Reply;
import io.hashslot.slot.Slots;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client of a whole cluster: it knows which node serves which slot, sends each command there and
 * follows the nodes when they say otherwise.
 *
 * <p>MOVED corrects the slot and, at the next opportunity, the whole table; ASK sends one command
 * elsewhere; TRYAGAIN, CLUSTERDOWN, LOADING, MASTERDOWN and lost connections are waited out with
 * growing pauses. After {@link #MAX_ATTEMPTS} attempts the last reply or failure is the caller's:
 * that is after about twenty seconds, longer than the usual node timeout of fifteen. Only a first
 * contact that nobody answers fails at once. A command whose connection was lost before its reply
 * came is sent again: use idempotent commands, or expect that one may run twice.
 *
 * <p>Not for several threads.
 */
public final class ClusterClient implements Closeable {
  /** How often one command is sent at most. */
  static final int MAX_ATTEMPTS = 48;

  /**
   * Requests on their way to one node without their replies being read; small enough for the
   * sockets' buffers, so that neither side waits for the other to read first.
   */
  private static final int BATCH_COMMANDS = 128;

  private static final int BATCH_BYTES = 32 << 10;
  private static final int MAX_PAUSE_MS = 500;

  private final List<Endpoint> seeds;
  private final ConnectOptions options;
  private final Map<Endpoint, RespConnection> connections = new LinkedHashMap<>();
  private SlotTable table = SlotTable.empty();
  private boolean stale = true;

  /** Whether any node has ever told its table: until then, no answer means a wrong address. */
  private boolean everLoaded;

  /** A command and the slot it belongs to. */
  public record Routed(int slot, Command command) {
    /** A command on a key: its second word. */
    public static Routed byKey(Command command) {
      return new Routed(Slots.of(command.words().get(1)), command);
    }
  }

  /** What became of one attempt. */
  private record Attempt(@Nullable Reply reply, @Nullable IOException failure) {}

  /**
   * A client that learns the cluster from the given nodes.
   *
   * @param seeds at least one node of the cluster
   */
  public ClusterClient(List<Endpoint> seeds, ConnectOptions options) {
    if (seeds.isEmpty()) {
      throw new IllegalArgumentException("a cluster client needs a node to start from");
    }
    this.seeds = List.copyOf(seeds);
    this.options = options;
  }

  /**
   * Who serves what, read anew if a node has contradicted the last reading.
   *
   * @throws IOException if no node answers
   */
  public SlotTable table() throws IOException {
    if (stale) {
      refresh();
    }
    return table;
  }

  /** The connection to a node, opened if need be. It stays the client's: do not close it. */
  public RespConnection connectionTo(Endpoint node) throws IOException {
    RespConnection connection = connections.get(node);
    if (connection == null) {
      connection = RespConnection.open(node, options);
      connections.put(node, connection);
    }
    return connection;
  }

  /** Sends one command on a key, its second word; see {@link #callAll}. */
  public Reply call(Command command) throws IOException {
    return callAll(List.of(Routed.byKey(command))).getFirst();
  }

  /**
   * Sends commands, pipelined node by node, and gives their replies in the order of the commands.
   * Commands of one slot reach their node in order as long as nothing is redirected.
   *
   * @return replies, of which any may be an error that patience did not cure
   * @throws IOException if a node stays out of reach
   */
  public List<Reply> callAll(List<Routed> commands) throws IOException {
    var replies = new Reply[commands.size()];
    List<Integer> open = new ArrayList<>(commands.size());
    for (int i = 0; i < commands.size(); i++) {
      open.add(i);
    }
    for (int attempt = 1; !open.isEmpty(); attempt++) {
      open = round(commands, open, replies, attempt == MAX_ATTEMPTS);
      if (!open.isEmpty()) {
        pause(attempt);
      }
    }
    return List.of(replies);
  }

  /** Sends the open commands once; returns those that must be sent again. */
  private List<Integer> round(
      List<Routed> commands, List<Integer> open, Reply[] replies, boolean last) throws IOException {
    Map<Endpoint, List<Integer>> byNode = new LinkedHashMap<>();
    List<Integer> again = new ArrayList<>();
    try {
      table();
    } catch (IOException e) {
      boolean loading = e instanceof RefusedException refused && refused.isLoading();
      boolean hopeless = !loading && (e instanceof RefusedException || !everLoaded);
      if (last || hopeless) {
        throw e;
      }
      return open;
    }
    for (int i : open) {
      Endpoint node = table.primaryOf(commands.get(i).slot());
      byNode.computeIfAbsent(node == null ? anyNode() : node, _ -> new ArrayList<>()).add(i);
    }
    for (Map.Entry<Endpoint, List<Integer>> entry : byNode.entrySet()) {
      Endpoint node = entry.getKey();
      List<Attempt> attempts = attempt(node, commands, entry.getValue());
      for (int k = 0; k < attempts.size(); k++) {
        int i = entry.getValue().get(k);
        Attempt result = follow(attempts.get(k), node, commands.get(i).command());
        if (result.reply() != null && (last || !worthAnotherTry(result.reply()))) {
          replies[i] = result.reply();
        } else if (last && result.failure() != null) {
          throw result.failure();
        } else {
          again.add(i);
        }
      }
    }
    return again;
  }

  /** One attempt at each of a node's commands, in batches. */
  private List<Attempt> attempt(Endpoint node, List<Routed> commands, List<Integer> indexes) {
    List<Attempt> attempts = new ArrayList<>(indexes.size());
    try {
      RespConnection connection = connectionTo(node);
      int sent = 0;
      while (attempts.size() < indexes.size()) {
        int bytes = 0;
        int batchEnd = Math.min(indexes.size(), sent + BATCH_COMMANDS);
        while (sent < batchEnd && bytes < BATCH_BYTES) {
          Command command = commands.get(indexes.get(sent++)).command();
          connection.send(command);
          for (byte[] word : command.words()) {
            bytes += word.length + 16;
          }
        }
        while (attempts.size() < sent) {
          attempts.add(new Attempt(connection.receive(), null));
        }
      }
    } catch (IOException e) {
      drop(node);
      while (attempts.size() < indexes.size()) {
        attempts.add(new Attempt(null, e));
      }
    }
    return attempts;
  }

  /** Follows MOVED by correcting the table, ASK by asking there at once. */
  private Attempt follow(Attempt attempt, Endpoint from, Command command) {
    Redirection redirection =
        attempt.reply() == null ? null : Redirection.of(attempt.reply(), from);
    if (redirection == null) {
      return attempt;
    }
    if (!redirection.ask()) {
      table.move(redirection.slot(), redirection.target());
      stale = true;
      return attempt;
    }
    try {
      RespConnection connection = connectionTo(redirection.target());
      connection.send(Command.of("ASKING"));
      connection.send(command);
      connection.receive();
      return new Attempt(connection.receive(), null);
    } catch (IOException e) {
      drop(redirection.target());
      return new Attempt(null, e);
    }
  }

  private boolean worthAnotherTry(Reply reply) {
    boolean unsettled =
        reply.isFailure("CLUSTERDOWN") || reply.isFailure("MOVED") || reply.isFailure("ASK");
    stale |= unsettled;
    return unsettled
        || reply.isFailure("TRYAGAIN")
        || reply.isFailure("LOADING")
        || reply.isFailure("MASTERDOWN");
  }

  private void drop(Endpoint node) {
    stale = true;
    RespConnection connection = connections.remove(node);
    if (connection != null) {
      connection.close();
    }
  }

  private Endpoint anyNode() {
    List<Endpoint> primaries = table.primaries();
    return primaries.isEmpty() ? seeds.getFirst() : primaries.getFirst();
  }

  /** Asks the nodes known, then the seeds, until one tells its table. */
  private void refresh() throws IOException {
    List<Endpoint> candidates = new ArrayList<>(table.primaries());
    candidates.addAll(seeds);
    IOException failure = null;
    for (Endpoint node : candidates) {
      try {
        Reply reply = connectionTo(node).callOrRefuse(Command.of("CLUSTER", "SLOTS"));
        table = SlotTable.of(reply, node);
        stale = false;
        everLoaded = true;
        return;
      } catch (IOException e) {
        drop(node);
        failure = e;
      }
    }
    throw failure == null ? new IOException("no node to ask") : failure;
  }

  /** Waits 0, 2, 4, 8… up to 500 ms: a redirection costs nothing, an outage is not hammered. */
  private static void pause(int attempt) throws IOException {
    if (attempt == 1) {
      return;
    }
    try {
      Thread.sleep(Math.min(MAX_PAUSE_MS, 1L << Math.min(attempt - 1, 20)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the cluster", e);
    }
  }

  /** Ends all connections. */
  @Override
  public void close() {
    connections.values().forEach(RespConnection::close);
    connections.clear();
  }
}
