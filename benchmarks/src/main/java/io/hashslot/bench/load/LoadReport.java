package io.hashslot.bench.load;

import org.jspecify.annotations.Nullable;

/**
 * What one run has measured. Latencies in microseconds.
 *
 * @param workload its name
 * @param connections connections
 * @param pipeline operations in flight on each
 * @param keys size of the key space
 * @param valueSize bytes of each value
 * @param transport of the generator
 * @param ratePerSecond rate asked for; 0 in the closed loop
 * @param seconds measured time
 * @param operations completed in that time
 * @param operationsPerSecond completed per second
 * @param p50Us median
 * @param p99Us 99th percentile
 * @param p999Us 99.9th percentile
 * @param maxUs the worst
 * @param serverCpuUsPerOperation CPU time of the server process; 0 if not watched
 * @param serverBusy CPU time of the server by wall time: near 1.0 means one saturated core
 * @param generatorCpuUsPerOperation CPU time of the generator's process
 * @param generatorBusy CPU time of the generator's process by wall time: near 1.0 means that it was
 *     the limit
 * @param serverWaited time the server's threads were ready but had no processor, by wall time; 0 if
 *     not watched
 * @param generatorWaited the same of the generator
 * @param errors replies that were RESP errors, warm-up excluded
 * @param misses GETs that found nothing
 * @param wrong replies of the wrong kind or with the wrong value
 * @param unconfirmed WAITs that no replica confirmed in time
 * @param unanswered operations still without a reply some seconds after the end
 * @param neverSent operations of the open loop that were due but had no room in any connection
 * @param firstComplaint the first error or wrong reply
 */
public record LoadReport(
    String workload,
    int connections,
    int pipeline,
    long keys,
    int valueSize,
    String transport,
    double ratePerSecond,
    double seconds,
    long operations,
    double operationsPerSecond,
    double p50Us,
    double p99Us,
    double p999Us,
    double maxUs,
    double serverCpuUsPerOperation,
    double serverBusy,
    double generatorCpuUsPerOperation,
    double generatorBusy,
    double serverWaited,
    double generatorWaited,
    long errors,
    long misses,
    long wrong,
    long unconfirmed,
    long unanswered,
    long neverSent,
    @Nullable String firstComplaint) {

  /** Returns whether every operation was answered, and rightly. */
  public boolean clean() {
    return errors == 0 && wrong == 0 && unanswered == 0;
  }
}
