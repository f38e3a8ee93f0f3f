/**
 * The command line: arguments, modes and output formats.
 *
 * <p>May use: {@code io.hashslot.resp}, {@code io.hashslot.slot}, {@code io.hashslot.time}.
 */
@NullMarked
package io.hashslot.cli;

import org.jspecify.annotations.NullMarked;
