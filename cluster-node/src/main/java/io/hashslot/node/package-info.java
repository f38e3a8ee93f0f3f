/**
 * The process: main, its modes, wiring, start and shutdown. The only package that knows all.
 *
 * <p>May use: everything of the node.
 */
@NullMarked
package io.hashslot.node;

import org.jspecify.annotations.NullMarked;
