/**
 * One client without its socket: who it is, what protocol it speaks, where its replies go, what it
 * waits for, what its replies wait for; and the loop that it lives on. What belongs to a subsystem
 * (the user, the transaction, the subscriptions) hangs on the session as a {@link
 * io.hashslot.session.SessionSlot}, so that this package knows none of them.
 *
 * <p>May use: {@code io.hashslot.resp}, {@code io.hashslot.time}, Agrona.
 */
@NullMarked
package io.hashslot.session;

import org.jspecify.annotations.NullMarked;
