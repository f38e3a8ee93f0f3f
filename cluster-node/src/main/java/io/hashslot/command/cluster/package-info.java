/**
 * CLUSTER and what clients of a cluster say about themselves: ASKING, READONLY, READWRITE.
 *
 * <p>May use: the frame of commands and all below it, {@code io.hashslot.cluster}, {@code
 * io.hashslot.bus.core}, {@code io.hashslot.slot}.
 */
@NullMarked
package io.hashslot.command.cluster;

import org.jspecify.annotations.NullMarked;
