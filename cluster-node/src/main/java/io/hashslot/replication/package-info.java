/**
 * Replication: feeding replicas (full and partial synchronisation, acknowledgements) and being one
 * (handshake, loading, applying the stream). Protocol and offsets are those of PSYNC2 as spoken by
 * Redis 7.0.15 and Valkey 8.0.1, checked against the running servers in both roles.
 *
 * <p>What decides is free of sockets, threads and clocks: {@link ReplicaHandshake}, {@link
 * DualChannelHandshake}, {@link SnapshotTransfer}, {@link PrimaryStream}, {@link PartialSync}.
 * Around it stand thin drivers.
 *
 * <p>Design: {@code docs/internals/replication.md}.
 *
 * <p>May use: {@code io.hashslot.journal}, {@code io.hashslot.persist}, {@code
 * io.hashslot.session}, {@code io.hashslot.keyspace}, {@code io.hashslot.function}, {@code
 * io.hashslot.resp}, {@code io.hashslot.time}, {@code io.hashslot.tls}, {@code io.hashslot.socket},
 * Netty (the upstream connection only).
 */
@NullMarked
package io.hashslot.replication;

import org.jspecify.annotations.NullMarked;
