/**
 * The journal: one ordered sequence of the commands that changed the data, as RESP bytes with
 * positions. Replicas, the partial resynchronisation backlog, the append-only file and WAIT are all
 * readers of it, or compare a position with another; nobody holds somebody else's queue.
 *
 * <p>Design: {@code docs/internals/replication.md}.
 *
 * <p>May use: {@code io.hashslot.resp}, {@code io.hashslot.time}, Agrona, fastutil. Used by:
 * dispatch (appends), replication and the append-only file (read).
 */
@NullMarked
package io.hashslot.journal;

import org.jspecify.annotations.NullMarked;
