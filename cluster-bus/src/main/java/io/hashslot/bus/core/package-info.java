/**
 * The pure cluster state machine: frames, ticks, link events and requests in; ordered effects out.
 *
 * <p>Nothing here owns a thread, reads a clock, opens a socket or a file, or draws randomness of
 * its own. {@code bus.link} drives it in a server, {@code bus.sim} in simulations, be they tests or
 * questions of users: the very same code decides in both.
 *
 * <p>Read {@code docs/internals/cluster-core.md} first.
 *
 * <p>May use: {@code io.hashslot.slot}, {@code io.hashslot.bus.wire}, Agrona buffers and
 * collections, fastutil. Used by: {@code bus.file}, {@code bus.link}, the node's cluster host,
 * simulations.
 */
@NullMarked
package io.hashslot.bus.core;

import org.jspecify.annotations.NullMarked;
