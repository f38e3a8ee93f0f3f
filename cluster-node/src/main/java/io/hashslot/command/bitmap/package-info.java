/**
 * The commands on bits of strings, and of numbers packed into them.
 *
 * <p>May use: what all groups may, see {@code docs/architecture.md}.
 */
@NullMarked
package io.hashslot.command.bitmap;

import org.jspecify.annotations.NullMarked;
