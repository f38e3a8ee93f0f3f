/**
 * How commands are tested: {@link io.hashslot.command.CommandTest} is what the tests of bodies
 * extend, {@link io.hashslot.command.CommandKit} is a node without sockets, {@link
 * io.hashslot.command.Outcome} is what a command did.
 */
@NullMarked
package io.hashslot.command;

import org.jspecify.annotations.NullMarked;
