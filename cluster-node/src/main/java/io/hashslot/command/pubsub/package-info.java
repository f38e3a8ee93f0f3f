/**
 * Publish/subscribe: channels, patterns, shard channels.
 *
 * <p>May use: the frame of commands and all below it, {@code io.hashslot.pubsub}.
 */
@NullMarked
package io.hashslot.command.pubsub;

import org.jspecify.annotations.NullMarked;
