/**
 * A first look at a new cluster: text is written to it and read back, and the reader is told where
 * it went and how to go on.
 *
 * <p>May use: {@code io.hashslot.cli}, {@code io.hashslot.cli.view}, {@code io.hashslot.resp},
 * {@code io.hashslot.resp.client}, {@code io.hashslot.slot}, {@code io.hashslot.time}.
 */
@NullMarked
package io.hashslot.cli.tryout;

import org.jspecify.annotations.NullMarked;
