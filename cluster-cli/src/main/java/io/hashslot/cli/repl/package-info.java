/**
 * Lines typed or piped in: the prompt, the history, hints and help.
 *
 * <p>May use: {@code io.hashslot.cli}, {@code io.hashslot.resp}, {@code io.hashslot.resp.client},
 * {@code io.hashslot.time}, JLine.
 */
@NullMarked
package io.hashslot.cli.repl;

import org.jspecify.annotations.NullMarked;
