/**
 * Raw memory: the one class that touches it, the size-class arena of a shard, the checking arena of
 * the tests, and their accounting.
 *
 * <p>May use: Agrona. Data of clients lives here and never on the collected heap, so neither the
 * size of the heap nor its pauses depend on it. An arena belongs to one shard and is used only
 * under that shard's lock; nothing in this package synchronises.
 */
@NullMarked
package io.hashslot.memory;

import org.jspecify.annotations.NullMarked;
