/**
 * Sockets: transports (io_uring, epoll, NIO), listeners, one handler per connection straight on the
 * buffer, limits of output and number of clients, backpressure. Netty stops here: the engine sees
 * plain memory.
 *
 * <p>May use: {@code io.hashslot.session}, {@code io.hashslot.dispatch}, {@code io.hashslot.resp},
 * {@code io.hashslot.config}, {@code io.hashslot.time}, Netty.
 */
@NullMarked
package io.hashslot.net;

import org.jspecify.annotations.NullMarked;
