/**
 * What the node tells of itself: statistics of commands, the slow log, latency, monitors, and the
 * frame of INFO, to which each package contributes its own section.
 *
 * <p>May use: {@code io.hashslot.command}, {@code io.hashslot.session}, {@code
 * io.hashslot.keyspace}, {@code io.hashslot.journal}, {@code io.hashslot.resp}, {@code
 * io.hashslot.time}, HdrHistogram.
 */
@NullMarked
package io.hashslot.observe;

import org.jspecify.annotations.NullMarked;
