/**
 * Clusters of real cores that exchange real frames over the simulated network: scenarios that read
 * like a specification, and seeded histories under faults with named invariants.
 *
 * <p>May use: {@code bus.core}, {@code bus.file}, {@code bus.wire}, {@code slot}, {@code sim}.
 */
@NullMarked
package io.hashslot.bus.sim;

import org.jspecify.annotations.NullMarked;
