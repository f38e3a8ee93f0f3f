package io.hashslot.migration;

import io.hashslot.cluster.Cluster;
import io.hashslot.cluster.SlotDeletion;
import io.hashslot.command.CommandTable;
import io.hashslot.config.Config;
import io.hashslot.dispatch.NodeState;
import io.hashslot.dispatch.SlowLane;
import io.hashslot.journal.Journal;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.persist.snapshot.SnapshotLane;
import io.hashslot.resp.client.ConnectOptions;
import io.hashslot.time.Clock;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The server around migrations.
 *
 * @param rdbVersion what other nodes understand: {@code rdb-version-compat}
 * @param lagLimitBytes how far a reader of the journal may fall behind
 * @param copies replicas and append-only file of this node
 * @param connecting how a connection to another node is made, asked for each
 */
public record Surroundings(
    Config config,
    Cluster cluster,
    Keyspace keyspace,
    Journal journal,
    Supplier<CommandTable> table,
    NodeState state,
    SnapshotLane lane,
    SlowLane slowLane,
    SlotDeletion deletion,
    IntSupplier rdbVersion,
    LongSupplier lagLimitBytes,
    Copies copies,
    Supplier<ConnectOptions> connecting,
    Clock clock) {

  /** Who else has what this node has. */
  public interface Copies {
    /**
     * Whether all replicas that are online have acknowledged this position, and the append-only
     * file holds it, if there is one.
     */
    boolean have(long position);

    /** Asks the replicas to acknowledge what they have. */
    void ask();
  }

  long nowMs() {
    return clock.monotonicNs() / 1_000_000;
  }
}
