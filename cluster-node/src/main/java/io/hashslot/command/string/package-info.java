/**
 * Commands on strings.
 *
 * <p>May use: the frame of commands and all below it.
 */
@NullMarked
package io.hashslot.command.string;

import org.jspecify.annotations.NullMarked;
