/**
 * From key to slot: CRC16 with hash tags, sets and ranges of slots and their text form.
 *
 * <p>May use: agrona (only {@code UnsafeApi} and {@code DirectBuffer}). Keys arrive as slices of
 * native memory on the path of every command in cluster mode, and their slot must be found there
 * without first copying them to the heap; bitmaps arrive in frames and are compared where they are.
 */
@NullMarked
package io.hashslot.slot;

import org.jspecify.annotations.NullMarked;
