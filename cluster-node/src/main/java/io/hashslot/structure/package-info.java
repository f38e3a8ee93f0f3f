/**
 * Data structures over an arena that know nothing of Redis: the hash index with stable cursors, on
 * it the table of members, the keyed hash, the sorted set of numbers, the counted tree of scored
 * members, the packed sequence that small collections are, the long list made of such ones, the
 * tree of records by id or name, bits, registers that estimate numbers of elements, and places on a
 * globe.
 *
 * <p>May use: {@code io.hashslot.memory}; {@code io.hashslot.resp} for its decimal text. A
 * structure is a flyweight: one object is wrapped around any number of instances in turn, and all
 * that an instance needs is in its own arena block.
 */
@NullMarked
package io.hashslot.structure;

import org.jspecify.annotations.NullMarked;
