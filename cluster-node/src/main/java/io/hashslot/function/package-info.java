/**
 * The function libraries that belong to the data: kept as the text they came in, and changed by the
 * commands of files, of a primary and of clients. Nothing here runs them.
 *
 * <p>May use: {@code io.hashslot.resp}, {@code io.hashslot.persist.rdb} (the payload of FUNCTION
 * RESTORE).
 */
@NullMarked
package io.hashslot.function;

import org.jspecify.annotations.NullMarked;
