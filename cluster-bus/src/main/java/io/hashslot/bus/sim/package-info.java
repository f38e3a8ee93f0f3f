/**
 * Clusters of real cores that exchange real frames over the simulated network: stories that read
 * like a specification, seeded histories under faults with named invariants, and answers to "what
 * would my cluster do". See {@code docs/internals/simulation.md}.
 *
 * <p>May use: {@code bus.core}, {@code bus.file} (what is saved goes through its text), {@code
 * bus.wire}, {@code slot}, {@code sim}, agrona.
 */
@NullMarked
package io.hashslot.bus.sim;

import org.jspecify.annotations.NullMarked;
