/**
 * The same commands to us and to valkey-server must give the same: random streams of them, compared
 * reply by reply and key by key. What differs on purpose stands in {@code deviations.txt}, with the
 * reason.
 *
 * <p>A group of commands joins in with a class like {@link StringStreams}: one line for each shape
 * of a request.
 */
@NullMarked
package io.hashslot.differential;

import org.jspecify.annotations.NullMarked;
