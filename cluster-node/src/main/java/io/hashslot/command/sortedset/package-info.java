/**
 * The commands on sorted sets. All ranges, by rank, score or member, become ranges of ranks, which
 * {@link io.hashslot.value.SortedSetValue} finds fast; so counting, offsets and removal are the
 * same for all of them. Design: {@code docs/internals/sorted-sets.md}.
 *
 * <p>May use: the command frame, the keyspace and its values, {@code io.hashslot.structure}, {@code
 * io.hashslot.resp}.
 */
@NullMarked
package io.hashslot.command.sortedset;

import org.jspecify.annotations.NullMarked;
