/**
 * Commands on hashes.
 *
 * <p>Design: {@code docs/internals/hashes.md}.
 *
 * <p>May use: the frame of commands and all below it.
 */
@NullMarked
package io.hashslot.command.hash;

import org.jspecify.annotations.NullMarked;
