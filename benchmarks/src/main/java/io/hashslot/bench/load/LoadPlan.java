package io.hashslot.bench.load;

/**
 * One run of the generator.
 *
 * @param host IPv4 or IPv6 address or name of the server
 * @param port 1 to 65535
 * @param connections how many, at least 1
 * @param pipeline operations in flight on each connection, at least 1: sent and awaited together in
 *     the closed loop, an upper bound in the open loop
 * @param workload what is sent: {@code --help} of the load generator has the names
 * @param keys size of the key space, at least 1
 * @param valueSize bytes of each value
 * @param ratePerSecond operations per second of the open loop; 0 is the closed loop
 * @param warmupMs milliseconds of load before anything is counted
 * @param durationMs milliseconds that are counted; of no meaning for a sequential workload
 * @param seed of the keys drawn
 * @param serverPid the process whose CPU time is read around the measured part; 0 is none
 */
public record LoadPlan(
    String host,
    int port,
    int connections,
    int pipeline,
    String workload,
    long keys,
    int valueSize,
    double ratePerSecond,
    long warmupMs,
    long durationMs,
    long seed,
    long serverPid) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of range or the workload unknown
   */
  public LoadPlan {
    require(port > 0 && port < 65536, "port", port);
    require(connections > 0 && connections <= 10_000, "connections", connections);
    require(pipeline > 0 && pipeline <= 65_536, "pipeline", pipeline);
    require(keys > 0 && keys <= Integer.MAX_VALUE, "keys", keys);
    require(valueSize >= 0 && valueSize <= 1 << 20, "value size", valueSize);
    require(ratePerSecond >= 0, "rate", (long) ratePerSecond);
    require(warmupMs >= 0, "warm-up", warmupMs);
    require(durationMs > 0, "duration", durationMs);
    Workload.parse(workload);
  }

  /**
   * The name of the workload that has to run before one of these, so that it finds something.
   *
   * @throws IllegalArgumentException if there is no such workload
   */
  public static String preloadFor(String workload) {
    return Workload.parse(workload).preload().name();
  }

  private static void require(boolean condition, String what, long value) {
    if (!condition) {
      throw new IllegalArgumentException(what + " out of range: " + value);
    }
  }

  boolean openLoop() {
    return ratePerSecond > 0;
  }
}
