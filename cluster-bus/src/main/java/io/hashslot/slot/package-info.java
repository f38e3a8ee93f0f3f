/**
 * From key to slot: CRC16 with hash tags, sets and ranges of slots and their text form.
 *
 * <p>May use: the JDK only.
 */
@NullMarked
package io.hashslot.slot;

import org.jspecify.annotations.NullMarked;
