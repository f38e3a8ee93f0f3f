/**
 * The append-only file in its parts: a base with the data of one moment, files with the commands
 * since then, and a manifest that says which of them count. Writing, rewriting, loading and
 * checking them.
 *
 * <p>Formats and rules are those of Redis 7.0.15 and Valkey 8.0.1, checked against the running
 * servers. Design: {@code docs/internals/aof.md}.
 *
 * <p>May use: {@code io.hashslot.keyspace}, {@code function}, {@code value}, {@code structure},
 * {@code memory}, {@code journal}, {@code command} and {@code dispatch} (to execute what is
 * loaded), {@code persist.rdb} and {@code persist.snapshot} (for bases), {@code session}, {@code
 * resp}, {@code slot}, {@code time}, Agrona, SLF4J.
 */
@NullMarked
package io.hashslot.persist.aof;

import org.jspecify.annotations.NullMarked;
