/**
 * The commands on HyperLogLogs, which are strings: {@link
 * io.hashslot.command.hyperloglog.HyperloglogCommands} is the index, and each command has the class
 * of its name.
 *
 * <p>May use: everything below the commands; this group needs {@code command}, {@code keyspace},
 * {@code value}, {@code structure}.
 */
@NullMarked
package io.hashslot.command.hyperloglog;

import org.jspecify.annotations.NullMarked;
