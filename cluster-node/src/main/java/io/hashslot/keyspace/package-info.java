/**
 * Databases, shards and their locks, tables, entries, expiry, cursors and cuts: where keys live and
 * who may touch them when.
 *
 * <p>May use: {@code io.hashslot.value}, {@code io.hashslot.structure}, {@code io.hashslot.memory},
 * {@code io.hashslot.function}, {@code io.hashslot.slot}, {@code io.hashslot.time}. Order of
 * reading: {@link io.hashslot.keyspace.Keyspace}, {@link io.hashslot.keyspace.Shards}, {@link
 * io.hashslot.keyspace.Entry}, {@link io.hashslot.keyspace.Keys}.
 */
@NullMarked
package io.hashslot.keyspace;

import org.jspecify.annotations.NullMarked;
