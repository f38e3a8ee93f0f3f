/**
 * Who waits for which key: clients of {@code BLPOP} and its kin, in order of arrival. Only the
 * register; how they are served is the dispatcher's business. See {@code
 * docs/internals/blocking.md}.
 *
 * <p>May use: {@code io.hashslot.session}, {@code io.hashslot.keyspace}.
 */
@NullMarked
package io.hashslot.blocking;

import org.jspecify.annotations.NullMarked;
