/**
 * The simulation kit: virtual time, a network that delays, loses, reorders and splits, a disk that
 * forgets what was not synced, seeds and transcripts. It knows nothing of what is simulated.
 *
 * <p>May use: the JDK only. Used by: {@code bus.sim}.
 */
@NullMarked
package io.hashslot.sim;

import org.jspecify.annotations.NullMarked;
