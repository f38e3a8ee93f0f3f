/**
 * The host of the cluster bus: judges requests by slot (MOVED, ASK, CLUSTERDOWN), publishes views,
 * carries role changes out under the locks of the shards, puts clients' questions to the core,
 * keeps the connections over which keys go to other servers.
 *
 * <p>May use: {@code io.hashslot.bus.*}, {@code io.hashslot.slot}, {@code io.hashslot.dispatch},
 * {@code io.hashslot.keyspace}, {@code io.hashslot.command}, {@code io.hashslot.session}, {@code
 * io.hashslot.journal}, {@code io.hashslot.pubsub}, {@code io.hashslot.replication}, {@code
 * io.hashslot.config}, {@code io.hashslot.resp}, {@code io.hashslot.resp.client}, {@code
 * io.hashslot.time}, {@code io.hashslot.tls}.
 */
@NullMarked
package io.hashslot.cluster;

import org.jspecify.annotations.NullMarked;
