/**
 * The commands on sets: {@link io.hashslot.command.set.SetCommands} is the index, and each command
 * has the class of its name.
 *
 * <p>May use: everything below the commands; this group needs {@code command}, {@code keyspace},
 * {@code value}, {@code structure}, {@code resp}.
 */
@NullMarked
package io.hashslot.command.set;

import org.jspecify.annotations.NullMarked;
