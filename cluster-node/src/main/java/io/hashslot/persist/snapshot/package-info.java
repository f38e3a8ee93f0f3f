/**
 * Snapshots: the data as it was at one moment, written while writers go on, and loading them again.
 *
 * <p>Design: {@code docs/internals/snapshots.md}, files: {@code docs/internals/rdb.md}.
 *
 * <p>May use: {@code io.hashslot.persist.rdb}, {@code io.hashslot.keyspace}, {@code
 * io.hashslot.function}, {@code io.hashslot.value}, {@code io.hashslot.memory}, {@code
 * io.hashslot.resp}, {@code io.hashslot.time}, SLF4J.
 */
@NullMarked
package io.hashslot.persist.snapshot;

import org.jspecify.annotations.NullMarked;
