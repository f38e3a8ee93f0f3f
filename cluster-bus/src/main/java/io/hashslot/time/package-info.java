/**
 * The only place where clocks are read. Everything else is handed a {@link io.hashslot.time.Clock},
 * so that tests move time instead of waiting for it.
 *
 * <p>May use: the JDK only.
 */
@NullMarked
package io.hashslot.time;

import org.jspecify.annotations.NullMarked;
