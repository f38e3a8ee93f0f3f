package io.hashslot.bench.compare;

import io.hashslot.bench.load.LoadFailure;
import io.hashslot.resp.Reply;
import io.hashslot.resp.client.ClusterClient;
import io.hashslot.resp.client.ClusterClient.Routed;
import io.hashslot.resp.client.Command;
import io.hashslot.resp.client.ConnectOptions;
import io.hashslot.resp.client.Endpoint;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Clients of a cluster that read and write while something is done to it: half of their operations
 * are on keys that move, half are writes, and redirections are followed.
 *
 * <p>An open loop: operations fall due at fixed distances whatever happens, and latency counts from
 * then. Each client is a thread with one operation in flight and keys of its own, so that it knows
 * what it must read.
 */
final class ClusterTraffic implements AutoCloseable {

  private static final ConnectOptions OPTIONS = ConnectOptions.PLAIN.withTimeoutsMs(5_000, 60_000);
  private static final long HIGHEST_NS = 120_000_000_000L;
  private static final int BATCH = 1_000;

  /**
   * What the clients have seen. Latencies in milliseconds.
   *
   * @param operations that were due in the counted time
   * @param p50Ms median
   * @param p999Ms 99.9th percentile
   * @param maxMs the worst
   * @param errors that remained after redirections and patience
   * @param firstError the first of them
   */
  record Report(
      long operations,
      double p50Ms,
      double p999Ms,
      double maxMs,
      long errors,
      @Nullable String firstError) {}

  private final List<Endpoint> nodes;
  private final KeySpace keys;
  private final int clients;
  private final long distanceNs;
  private final Clock clock;
  private final long startedNs;
  private final ExecutorService threads;
  private final List<Client> running = new ArrayList<>();
  private final List<Future<?>> ends = new ArrayList<>();

  /** What is counted; nanoseconds since the start. */
  private volatile long fromNs = Long.MAX_VALUE;

  private volatile long untilNs = Long.MAX_VALUE;

  private ClusterTraffic(
      List<Endpoint> nodes, KeySpace keys, int clients, double rate, Clock clock) {
    this.nodes = nodes;
    this.keys = keys;
    this.clients = clients;
    this.clock = clock;
    distanceNs = Math.round(1e9 * clients / rate);
    startedNs = clock.monotonicNs();
    threads = Executors.newFixedThreadPool(clients);
  }

  /** Writes all keys for the first time. */
  static void preload(List<Endpoint> nodes, KeySpace keys) throws IOException {
    try (ClusterClient client = new ClusterClient(nodes, OPTIONS)) {
      for (int from = 0; from < keys.size(); from += BATCH) {
        List<Routed> writes = new ArrayList<>(BATCH);
        for (int n = from; n < Math.min(keys.size(), from + BATCH); n++) {
          writes.add(Routed.byKey(Command.of("SET", KeySpace.key(n), keys.value(n))));
        }
        for (Reply reply : client.callAll(writes)) {
          if (!isOk(reply)) {
            throw new LoadFailure("preload: " + reply.asText());
          }
        }
      }
    }
  }

  /**
   * Reads all keys.
   *
   * @throws LoadFailure if one is not what was last written to it
   */
  static void check(List<Endpoint> nodes, KeySpace keys) throws IOException {
    try (ClusterClient client = new ClusterClient(nodes, OPTIONS)) {
      for (int from = 0; from < keys.size(); from += BATCH) {
        List<Routed> reads = new ArrayList<>(BATCH);
        for (int n = from; n < Math.min(keys.size(), from + BATCH); n++) {
          reads.add(Routed.byKey(Command.of("GET", KeySpace.key(n))));
        }
        List<Reply> replies = client.callAll(reads);
        for (int i = 0; i < replies.size(); i++) {
          judge(keys, from + i, replies.get(i));
        }
      }
    }
  }

  private static boolean isOk(Reply reply) {
    return !reply.isFailure() && reply.asText().equals("OK");
  }

  private static void judge(KeySpace keys, int number, Reply reply) {
    if (keys.known(number) && !reply.asText().equals(keys.value(number))) {
      throw new LoadFailure(
          "%s is '%s', expected '%s'"
              .formatted(KeySpace.key(number), reply.asText(), keys.value(number)));
    }
  }

  /**
   * Lets clients begin.
   *
   * @param rate operations per second of all together
   */
  static ClusterTraffic start(
      List<Endpoint> nodes, KeySpace keys, int clients, double rate, long seed, Clock clock) {
    ClusterTraffic traffic = new ClusterTraffic(nodes, keys, clients, rate, clock);
    for (int i = 0; i < clients; i++) {
      Client client = traffic.new Client(i, seed);
      traffic.running.add(client);
      traffic.ends.add(traffic.threads.submit(client));
    }
    return traffic;
  }

  private long nowNs() {
    return clock.monotonicNs() - startedNs;
  }

  /** From now on what falls due counts. */
  void count() {
    fromNs = nowNs();
  }

  /**
   * Nothing falls due any more; what was due already is done.
   *
   * @throws LoadFailure if a client has read what was not there to be read
   */
  Report stop() throws InterruptedException {
    untilNs = nowNs();
    Histogram all = new Histogram(HIGHEST_NS, 3);
    long errors = 0;
    String firstError = null;
    for (int i = 0; i < clients; i++) {
      await(ends.get(i));
      Client client = running.get(i);
      all.add(client.latencies);
      errors += client.errors;
      firstError = firstError == null ? client.firstError : firstError;
    }
    return new Report(
        all.getTotalCount(),
        all.getValueAtPercentile(50) / 1e6,
        all.getValueAtPercentile(99.9) / 1e6,
        all.getMaxValue() / 1e6,
        errors,
        firstError);
  }

  private static void await(Future<?> end) throws InterruptedException {
    try {
      end.get();
    } catch (ExecutionException e) {
      throw new LoadFailure("a client of the cluster: " + e.getCause());
    }
  }

  @Override
  public void close() {
    untilNs = 0;
    threads.shutdown();
    try {
      if (!threads.awaitTermination(60, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException _) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  /** One client; its fields may be read after its end. */
  private final class Client implements Runnable {
    private final int index;
    private final SplittableRandom random;
    private final Histogram latencies = new Histogram(HIGHEST_NS, 3);
    private long errors;
    private @Nullable String firstError;

    Client(int index, long seed) {
      this.index = index;
      random = new SplittableRandom(seed * clients + index);
    }

    @Override
    public void run() {
      try (ClusterClient client = new ClusterClient(nodes, OPTIONS)) {
        long dueNs = distanceNs * index / clients;
        while (dueNs < untilNs) {
          long earlyNs = dueNs - nowNs();
          if (earlyNs > 0) {
            LockSupport.parkNanos(earlyNs);
          } else {
            operate(client);
            if (dueNs >= fromNs && dueNs < untilNs) {
              latencies.recordValue(Math.min(nowNs() - dueNs, HIGHEST_NS));
            }
            dueNs += distanceNs;
          }
        }
      }
    }

    private void operate(ClusterClient client) {
      int number = draw(random.nextBoolean() ? keys.moving() : keys.staying());
      boolean write = random.nextBoolean();
      try {
        if (write) {
          Command set = Command.of("SET", KeySpace.key(number), keys.nextValue(number));
          Reply reply = client.call(set);
          if (isOk(reply)) {
            keys.written(number);
            return;
          }
          keys.lost(number);
          complain(reply.asText());
        } else {
          Reply reply = client.call(Command.of("GET", KeySpace.key(number)));
          if (reply.isFailure()) {
            complain(reply.asText());
          } else {
            judge(keys, number, reply);
          }
        }
      } catch (IOException e) {
        if (write) {
          keys.lost(number);
        }
        complain(String.valueOf(e));
      }
    }

    /** Draws one of those that are this client's own. */
    private int draw(int[] numbers) {
      int own = (numbers.length - index + clients - 1) / clients;
      return numbers[random.nextInt(own) * clients + index];
    }

    private void complain(String what) {
      errors++;
      if (firstError == null) {
        firstError = what;
      }
    }
  }
}
