/**
 * Commands about the connection and the client itself.
 *
 * <p>May use: the frame of commands and all below it.
 */
@NullMarked
package io.hashslot.command.connection;

import org.jspecify.annotations.NullMarked;
