/**
 * The commands on places: sorted sets whose scores are {@link io.hashslot.structure.GeoCell}
 * numbers.
 *
 * <p>May use: the command frame, the keyspace and its values, {@code io.hashslot.structure}, {@code
 * io.hashslot.resp}.
 */
@NullMarked
package io.hashslot.command.geo;

import org.jspecify.annotations.NullMarked;
