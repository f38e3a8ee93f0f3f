/**
 * Commands on keys of any type: their life, their names, their time, walks over all of them.
 *
 * <p>May use: the frame of commands and all below it, {@code io.hashslot.persist.rdb}.
 */
@NullMarked
package io.hashslot.command.generic;

import org.jspecify.annotations.NullMarked;
