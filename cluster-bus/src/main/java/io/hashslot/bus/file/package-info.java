/**
 * nodes.conf: the durable state of the cluster core as text, in the format of Valkey 8.0.1 (which
 * Redis 7.0.15 reads, too), crash-safe writing of it, and the locks that keep a second process away
 * from it.
 *
 * <p>May use: {@code io.hashslot.bus.core} (its durable state only), {@code io.hashslot.bus.wire}
 * (names and flags), {@code io.hashslot.slot}.
 */
@NullMarked
package io.hashslot.bus.file;

import org.jspecify.annotations.NullMarked;
