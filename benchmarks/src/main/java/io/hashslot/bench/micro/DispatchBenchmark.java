package io.hashslot.bench.micro;

import io.hashslot.blocking.Waiters;
import io.hashslot.command.CommandSpec;
import io.hashslot.command.CommandTable;
import io.hashslot.command.string.StringCommands;
import io.hashslot.command.transactions.TransactionsCommands;
import io.hashslot.dispatch.Dispatcher;
import io.hashslot.dispatch.Environment;
import io.hashslot.dispatch.MemoryLimit;
import io.hashslot.dispatch.NoClient;
import io.hashslot.dispatch.NoEvents;
import io.hashslot.dispatch.NodeState;
import io.hashslot.dispatch.SlowLane;
import io.hashslot.dispatch.Watches;
import io.hashslot.journal.Journal;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.keyspace.KeyspaceSettings;
import io.hashslot.memory.Arena;
import io.hashslot.observe.LatencyEvents;
import io.hashslot.observe.Monitors;
import io.hashslot.observe.SlowLog;
import io.hashslot.observe.Statistics;
import io.hashslot.resp.Request;
import io.hashslot.session.Session;
import io.hashslot.session.Sessions;
import io.hashslot.time.Clock;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What does a command cost between the parsed request and the reply's bytes, without a socket? Per
 * command, in batches of sixteen as a pipelining client sends them. With few keys everything is in
 * the cache and the code itself is measured; with a million, the memory is.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DispatchBenchmark {

  private static final int BATCH = 16;
  private static final int REQUESTS = 1 << 14;

  /** Keys of 16 bytes, with values of 16 bytes. */
  @Param({"1000", "1000000"})
  public int keys;

  /** Shards of the keyspace. */
  @Param("64")
  public int shards;

  private final List<Request> gets = new ArrayList<>();
  private final List<Request> sets = new ArrayList<>();
  private Dispatcher dispatcher = newDispatcher(1);
  private Session session = new NoClient(new InlineLoop()).session();
  private int next;

  private static Dispatcher newDispatcher(int shards) {
    Watches watches = new Watches();
    List<CommandSpec> rows = new ArrayList<>(StringCommands.table(() -> 512L << 20));
    rows.addAll(TransactionsCommands.table(watches));
    CommandTable table = new CommandTable(rows);
    Keyspace keyspace = new Keyspace(new KeyspaceSettings(shards, 1, false, 42, Arena::new));
    Journal journal = new Journal(1 << 20);
    Environment environment =
        new Environment(
            table,
            keyspace,
            journal,
            new NodeState(),
            new MemoryLimit(keyspace, journal),
            null,
            NoEvents.INSTANCE,
            watches,
            new Waiters(),
            new Sessions(),
            new Statistics(table.all().size()),
            new SlowLog(),
            new LatencyEvents(),
            new Monitors(),
            Clock.system());
    SlowLane slowLane = new SlowLane();
    return new Dispatcher(environment, new InlineLoop(), slowLane);
  }

  /** Fills the keyspace and prepares requests for keys drawn at random. */
  @Setup
  public void fill() {
    dispatcher = newDispatcher(shards);
    dispatcher.opened(session);
    Request set = new Request();
    for (int key = 0; key < keys; key++) {
      set.copyFrom(words("SET", key));
      run(set);
    }
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < REQUESTS; i++) {
      int key = random.nextInt(keys);
      gets.add(owned(words("GET", key).subList(0, 2)));
      sets.add(owned(words("SET", key)));
    }
  }

  private static List<byte[]> words(String command, int key) {
    return List.of(
        command.getBytes(StandardCharsets.US_ASCII),
        String.format(Locale.ROOT, "key:%012d", key).getBytes(StandardCharsets.US_ASCII),
        String.format(Locale.ROOT, "%012dxxxx", key).getBytes(StandardCharsets.US_ASCII));
  }

  private static Request owned(List<byte[]> words) {
    Request request = new Request();
    request.copyFrom(words);
    return request;
  }

  private int run(Request request) {
    session.reply().output().position(0);
    if (!dispatcher.execute(session, request)) {
      throw new IllegalStateException("nobody else is here, and yet the shard was busy");
    }
    return session.reply().output().position();
  }

  private int batch(List<Request> requests) {
    int bytes = 0;
    for (int i = 0; i < BATCH; i++) {
      bytes += run(requests.get(next++ & (REQUESTS - 1)));
    }
    dispatcher.batchEnd();
    return bytes;
  }

  /** GET of a key that is there. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int getHit() {
    return batch(gets);
  }

  /** SET over a value of the same length. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int setOverwrite() {
    return batch(sets);
  }
}
