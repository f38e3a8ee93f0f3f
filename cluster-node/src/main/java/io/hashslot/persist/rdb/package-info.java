/**
 * The RDB format: snapshots of the data as files or over a replication link, and the payloads of
 * DUMP and RESTORE. Knows bytes and values, not the keyspace: a writer is told records, a reader
 * tells them.
 *
 * <p>Redis 7.0.15 writes version 10, Valkey 8.0.1 version 11; both were used to check every rule
 * here. Lengths are big-endian, everything else is little-endian.
 *
 * <p>May use: {@code io.hashslot.value}, {@code structure}, {@code memory}, {@code resp} (native
 * output), Agrona.
 */
@NullMarked
package io.hashslot.persist.rdb;

import org.jspecify.annotations.NullMarked;
