/**
 * Function libraries as data: they can be listed, copied from node to node and deleted, as the
 * tools of clusters do with those of all nodes. Nothing here runs them.
 *
 * <p>May use: the frame of commands, {@code io.hashslot.keyspace}, {@code io.hashslot.persist.rdb}
 * for payloads, {@code io.hashslot.function} for what is kept, and how commands change it.
 */
@NullMarked
package io.hashslot.command.scripting;

import org.jspecify.annotations.NullMarked;
