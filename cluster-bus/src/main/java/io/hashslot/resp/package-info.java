/**
 * RESP2 and RESP3 over plain memory: an incremental request parser whose arguments are slices of
 * the read buffer, a reply writer that fills the output buffer in place, and a reply reader.
 *
 * <p>May use: Agrona.
 */
@NullMarked
package io.hashslot.resp;

import org.jspecify.annotations.NullMarked;
