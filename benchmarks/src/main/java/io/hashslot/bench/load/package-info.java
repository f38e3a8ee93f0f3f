/**
 * The load generator: one thread that keeps many connections busy at a small and known cost, checks
 * what comes back, and keeps every latency in a histogram. Closed loop (each connection sends again
 * when it has been answered) and open loop (a fixed rate, latency counted from the intended time).
 *
 * <p>May use: {@code io.hashslot.time}, Agrona, HdrHistogram, picocli, Jackson.
 */
@NullMarked
package io.hashslot.bench.load;

import org.jspecify.annotations.NullMarked;
