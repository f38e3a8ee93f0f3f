/**
 * Commands about the server: replication, saving, and what it tells of itself.
 *
 * <p>May use: everything a command may.
 */
@NullMarked
package io.hashslot.command.server;

import org.jspecify.annotations.NullMarked;
