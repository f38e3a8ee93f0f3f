/**
 * Entry of the benchmarks: which subjects there are and how to run them.
 *
 * <p>May use: everything of the node.
 */
@NullMarked
package io.hashslot.bench;

import org.jspecify.annotations.NullMarked;
