/**
 * The command line: arguments, modes and output formats.
 *
 * <p>May use: {@code io.hashslot.resp}, {@code io.hashslot.resp.client}, {@code io.hashslot.slot},
 * {@code io.hashslot.time}, {@code io.hashslot.tls}, {@code io.hashslot.cli.*}.
 */
@NullMarked
package io.hashslot.cli;

import org.jspecify.annotations.NullMarked;
