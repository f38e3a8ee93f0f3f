/**
 * The bus thread: sockets, framing, timers and nodes.conf around the pure core of the cluster.
 * {@link io.hashslot.bus.link.ClusterBus} is the entrance; {@link io.hashslot.bus.link.BusHost} is
 * what it asks of the server around it.
 *
 * <p>May use: {@code io.hashslot.bus.*}, {@code io.hashslot.slot}, {@code io.hashslot.time}, {@code
 * io.hashslot.socket}, Netty, agrona.
 */
@NullMarked
package io.hashslot.bus.link;

import org.jspecify.annotations.NullMarked;
