package io.hashslot.bench.load;

import io.hashslot.time.Clock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One run: connects, sends, checks, counts.
 *
 * <p>Closed loop: every connection sends as many operations as the pipeline is deep, in one write,
 * waits for all of their replies and starts again. That finds out how much a server can do, but
 * says little of stalls: while the server is silent, nothing is sent whose waiting could be
 * counted.
 *
 * <p>Open loop: operations fall due at fixed distances whatever the server does, go to the
 * connections in turn, and their latency is counted from the moment they were due. A stall of a
 * second then shows as a second, for all that fell due in it.
 *
 * <p>The run has three parts: warm-up (nothing is counted), the measured time, and a bounded wait
 * for what is still in flight, whose latencies belong to the measured time.
 */
public final class LoadGenerator implements Transport.Listener {

  private static final long DRAIN_NS = 5_000_000_000L;
  private static final long LONGEST_WAIT_NS = 50_000_000L;
  private static final long DAY_NS = 86_400_000_000_000L;

  /**
   * The kernel may wake a waiting thread this much too late; closer due times are waited for awake.
   */
  private static final long TIMER_SLACK_NS = 80_000;

  private final LoadPlan plan;
  private final LoadWatcher watcher;
  private final Clock clock;
  private final Transport transport;
  private final Workload workload;
  private final RequestTemplate firstTemplate;
  private final RequestTemplate secondTemplate;
  private final List<Connection> connections;
  private final Latencies latencies = new Latencies();
  private final ReplyCheck check;
  private final double dueDistanceNs;

  private long random;
  private long nextKey;
  private boolean sending = true;
  private boolean counting;
  private long completed;
  private long firstDueNs;
  private long dueCount;
  private int turn;

  private LoadGenerator(LoadPlan plan, LoadWatcher watcher, Clock clock, Transport transport) {
    this.plan = plan;
    this.watcher = watcher;
    this.clock = clock;
    this.transport = transport;
    workload = Workload.parse(plan.workload());
    firstTemplate = RequestTemplate.of(workload.first(), plan.valueSize());
    secondTemplate = RequestTemplate.of(workload.second(), plan.valueSize());
    check = new ReplyCheck(plan.valueSize());
    dueDistanceNs = plan.openLoop() ? 1e9 / plan.ratePerSecond() : 0;
    random = mix(plan.seed() + 1);
    int requestBytes = Math.max(firstTemplate.length(), secondTemplate.length());
    connections = new ArrayList<>(plan.connections());
    for (int i = 0; i < plan.connections(); i++) {
      connections.add(new Connection(i, plan.pipeline(), requestBytes, plan.valueSize() + 64));
    }
  }

  /**
   * Runs a plan to its end, on the calling thread.
   *
   * @param transport {@code auto}, {@code uring} or {@code nio}
   * @throws LoadFailure if the server cannot be reached, closes a connection or sends bytes that
   *     are no reply
   */
  public static LoadReport run(LoadPlan plan, Clock clock, String transport) {
    return run(plan, LoadWatcher.NONE, clock, transport);
  }

  /** The same, and {@code watcher} may end it before its time. */
  public static LoadReport run(LoadPlan plan, LoadWatcher watcher, Clock clock, String transport) {
    try (Transport opened = Transport.open(transport, plan.connections())) {
      return new LoadGenerator(plan, watcher, clock, opened).run();
    } catch (IOException | LoadFailure e) {
      throw new LoadFailure(plan.host() + ":" + plan.port() + ": " + e.getMessage(), e);
    }
  }

  private LoadReport run() throws IOException {
    transport.connect(new InetSocketAddress(plan.host(), plan.port()), connections);
    long startNs = clock.monotonicNs();
    firstDueNs = startNs;
    prime(startNs);
    if (!workload.sequential()) {
      loopUntil(startNs + plan.warmupMs() * 1_000_000);
    }
    check.reset();
    completed = 0;
    long durationNs = workload.sequential() ? DAY_NS : plan.durationMs() * 1_000_000;
    Usage before = Usage.now(plan.serverPid());
    long fromNs = clock.monotonicNs();
    latencies.count(fromNs, fromNs + durationNs);
    counting = true;
    watcher.counting();

    loopUntil(fromNs + durationNs);

    long untilNs = clock.monotonicNs();
    Usage used = Usage.now(plan.serverPid()).minus(before);
    long operations = completed;
    long neverSent = plan.openLoop() ? Math.max(0, dueBy(untilNs) - dueCount) : 0;
    sending = false;
    drain(untilNs);
    return report((untilNs - fromNs) / 1000.0, operations, used, neverSent);
  }

  private void prime(long nowNs) {
    if (!plan.openLoop()) {
      for (Connection connection : connections) {
        fill(connection, nowNs);
      }
    }
  }

  private void loopUntil(long deadlineNs) throws IOException {
    while (!finished() && !(counting && watcher.over())) {
      long nowNs = clock.monotonicNs();
      long waitNs = Math.min(deadlineNs - nowNs, LONGEST_WAIT_NS);
      if (waitNs <= 0) {
        return;
      }
      if (plan.openLoop()) {
        sendDue(nowNs);
        long nextNs = dueAtNs() - nowNs;
        // Nothing is due, or all connections are full: then only a reply makes room.
        waitNs = nextNs < 0 ? waitNs : nextNs < TIMER_SLACK_NS ? 0 : Math.min(waitNs, nextNs);
      }
      transport.poll(waitNs, this);
    }
  }

  private boolean finished() {
    return !sending && inFlight() == 0;
  }

  private void drain(long fromNs) throws IOException {
    for (long nowNs = fromNs; !finished(); nowNs = clock.monotonicNs()) {
      long waitNs = fromNs + DRAIN_NS - nowNs;
      if (waitNs <= 0) {
        return;
      }
      transport.poll(Math.min(waitNs, LONGEST_WAIT_NS), this);
    }
  }

  private long inFlight() {
    long sum = 0;
    for (Connection connection : connections) {
      sum += connection.inFlight();
    }
    return sum;
  }

  // The closed loop.

  private void fill(Connection connection, long nowNs) {
    while (sending && connection.hasRoom()) {
      append(connection, nowNs);
    }
    connection.flush(transport);
  }

  // The open loop.

  private long dueAtNs() {
    return firstDueNs + (long) (dueCount * dueDistanceNs);
  }

  private long dueBy(long nowNs) {
    return (long) ((nowNs - firstDueNs) / dueDistanceNs);
  }

  private void sendDue(long nowNs) {
    long dueNs = dueAtNs();
    for (; sending && nowNs - dueNs >= 0; dueNs = dueAtNs()) {
      Connection connection = connectionWithRoom();
      if (connection == null) {
        break;
      }
      append(connection, dueNs);
      dueCount++;
    }
    for (Connection connection : connections) {
      connection.flush(transport);
    }
  }

  private @Nullable Connection connectionWithRoom() {
    for (int i = 0; i < connections.size(); i++) {
      turn = turn + 1 == connections.size() ? 0 : turn + 1;
      Connection connection = connections.get(turn);
      if (connection.hasRoom()) {
        return connection;
      }
    }
    return null;
  }

  // Both.

  private void append(Connection connection, long dueNs) {
    long draw = nextRandom();
    boolean first =
        workload.uniform() || (int) ((draw & 0xffff) * 100 >>> 16) < workload.firstPercent();
    long key = workload.sequential() ? nextKey++ : (draw >>> 33) * plan.keys() >>> 31;
    connection.append(
        first ? firstTemplate : secondTemplate,
        first ? workload.first() : workload.second(),
        key,
        dueNs);
    if (workload.sequential() && nextKey == plan.keys()) {
      sending = false;
    }
  }

  @Override
  public void received(Connection connection, int bytes) {
    long nowNs = clock.monotonicNs();
    completed += connection.received(bytes, nowNs, check, latencies);
    if (!plan.openLoop() && connection.idle()) {
      fill(connection, nowNs);
    }
  }

  @Override
  public void sent(Connection connection) {
    connection.sent();
    connection.flush(transport);
  }

  /**
   * A Weyl sequence through a 64-bit finaliser: good enough in all bits, and two multiplications
   * cheap.
   */
  private long nextRandom() {
    random += 0x9E3779B97F4A7C15L;
    return mix(random);
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  /** What the two processes have used of the processors so far, or in a time. */
  private record Usage(
      double serverCpuUs, double serverWaitedUs, double ownCpuUs, double ownWaitedUs) {

    static Usage now(long serverPid) {
      long ownPid = ProcessHandle.current().pid();
      return new Usage(
          serverPid == 0 ? 0 : CpuTime.ofTreeUs(serverPid),
          serverPid == 0 ? 0 : RunQueueTime.ofProcessNs(serverPid) / 1000.0,
          CpuTime.ofProcessUs(ownPid),
          RunQueueTime.ofProcessNs(ownPid) / 1000.0);
    }

    Usage minus(Usage earlier) {
      return new Usage(
          serverCpuUs - earlier.serverCpuUs,
          serverWaitedUs - earlier.serverWaitedUs,
          ownCpuUs - earlier.ownCpuUs,
          ownWaitedUs - earlier.ownWaitedUs);
    }
  }

  private LoadReport report(double elapsedUs, long operations, Usage used, long neverSent) {
    Histogram histogram = latencies.histogram();
    double perOperation = 1.0 / Math.max(1, operations);
    return new LoadReport(
        workload.name(),
        plan.connections(),
        plan.pipeline(),
        plan.keys(),
        plan.valueSize(),
        transport.name(),
        plan.ratePerSecond(),
        elapsedUs / 1e6,
        operations,
        operations * 1e6 / elapsedUs,
        histogram.getValueAtPercentile(50) / 1000.0,
        histogram.getValueAtPercentile(99) / 1000.0,
        histogram.getValueAtPercentile(99.9) / 1000.0,
        histogram.getMaxValue() / 1000.0,
        used.serverCpuUs * perOperation,
        used.serverCpuUs / elapsedUs,
        used.ownCpuUs * perOperation,
        used.ownCpuUs / elapsedUs,
        used.serverWaitedUs / elapsedUs,
        used.ownWaitedUs / elapsedUs,
        check.errors(),
        check.misses(),
        check.wrong(),
        check.unconfirmed(),
        inFlight(),
        neverSent,
        check.firstComplaint());
  }
}
