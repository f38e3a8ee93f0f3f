/**
 * The comparison with the C servers: starts ours and theirs, each pinned to the same core in turn,
 * loads them in interleaved rounds from another core, and reports medians of per-round ratios.
 * Machines drift from one minute to the next; what ran side by side can be compared all the same.
 *
 * <p>May use: {@code io.hashslot.bench.load}, {@code io.hashslot.bench.footprint}, {@code
 * io.hashslot.time}, {@code io.hashslot.resp.client}, {@code io.hashslot.slot}, HdrHistogram,
 * picocli, Jackson.
 */
@NullMarked
package io.hashslot.bench.compare;

import org.jspecify.annotations.NullMarked;
