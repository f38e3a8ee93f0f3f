/**
 * Commands on keys of any type: their life, their names, their time, their order, walks over all of
 * them, their way to other servers.
 *
 * <p>May use: the frame of commands and all below it, {@code io.hashslot.persist.rdb}, and for
 * MIGRATE {@code io.hashslot.cluster} and {@code io.hashslot.resp.client}.
 */
@NullMarked
package io.hashslot.command.generic;

import org.jspecify.annotations.NullMarked;
