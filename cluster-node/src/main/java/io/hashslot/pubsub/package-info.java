/**
 * Subscriptions and fan-out: channels, patterns, shard channels, and keyspace events as messages.
 *
 * <p>May use: {@code io.hashslot.session}, {@code io.hashslot.resp}, {@code io.hashslot.slot},
 * {@code io.hashslot.structure}, {@code io.hashslot.command}, {@code io.hashslot.keyspace}, Agrona.
 */
@NullMarked
package io.hashslot.pubsub;

import org.jspecify.annotations.NullMarked;
