/**
 * Commands on lists.
 *
 * <p>May use: the frame of commands and all below it.
 */
@NullMarked
package io.hashslot.command.list;

import org.jspecify.annotations.NullMarked;
