/**
 * From key to slot: CRC16 with hash tags, sets and ranges of slots and their text form.
 *
 * <p>May use: agrona (only {@code UnsafeApi}). Keys arrive as slices of native memory on the path
 * of every command in cluster mode, and their slot must be found there without first copying them
 * to the heap.
 */
@NullMarked
package io.hashslot.slot;

import org.jspecify.annotations.NullMarked;
