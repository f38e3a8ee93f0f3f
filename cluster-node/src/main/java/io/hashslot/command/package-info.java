/**
 * The frame around commands: what a row says about a command, how its keys are found, what a body
 * is given. No bodies: each group has a package of its own below, with one table file and one small
 * class per command, named after it.
 *
 * <p>May use: {@code io.hashslot.resp}, {@code io.hashslot.session}, {@code io.hashslot.keyspace},
 * {@code io.hashslot.value}, {@code io.hashslot.structure}, {@code io.hashslot.journal}, {@code
 * io.hashslot.slot}, {@code io.hashslot.manual}, {@code io.hashslot.time}.
 */
@NullMarked
package io.hashslot.command;

import org.jspecify.annotations.NullMarked;
