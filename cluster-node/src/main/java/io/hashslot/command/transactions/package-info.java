/**
 * Transactions: MULTI, EXEC, DISCARD, WATCH, UNWATCH.
 *
 * <p>May use: the frame of commands and all below it, {@code io.hashslot.dispatch}.
 */
@NullMarked
package io.hashslot.command.transactions;

import org.jspecify.annotations.NullMarked;
