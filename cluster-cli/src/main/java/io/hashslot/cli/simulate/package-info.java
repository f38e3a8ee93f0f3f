/**
 * A user's own question put to the simulator: {@code --cluster simulate} builds his cluster of real
 * cores, plays his script of faults in virtual time, and tells what would have happened. A script
 * is read into {@link Step}s, a {@link History} plays them once for each seed and takes a {@link
 * Findings}, and {@link TextReport} and {@link JsonReport} show all of them.
 *
 * <p>May use: {@code io.hashslot.cli}, {@code io.hashslot.cli.view}, {@code io.hashslot.bus.sim},
 * {@code io.hashslot.bus.core}, {@code io.hashslot.bus.wire}, {@code io.hashslot.sim}, {@code
 * io.hashslot.slot}, {@code io.hashslot.resp.client}. The simulator is no server: it is the
 * cluster's decisions, which run in servers as well, on a network that is only in memory.
 */
@NullMarked
package io.hashslot.cli.simulate;

import org.jspecify.annotations.NullMarked;
