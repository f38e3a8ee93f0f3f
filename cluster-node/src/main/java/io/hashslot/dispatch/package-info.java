/**
 * The one frame around every command: gates, locks, body, after-effects; transactions; the slow
 * lane. Written once, so that a body cannot forget it.
 *
 * <p>Design: {@code docs/internals/dispatch.md}.
 *
 * <p>May use: {@code io.hashslot.command}, {@code io.hashslot.session}, {@code
 * io.hashslot.keyspace}, {@code io.hashslot.journal}, {@code io.hashslot.observe}, {@code
 * io.hashslot.pubsub}, {@code io.hashslot.resp}, {@code io.hashslot.time}. Never a group of
 * commands.
 */
@NullMarked
package io.hashslot.dispatch;

import org.jspecify.annotations.NullMarked;
