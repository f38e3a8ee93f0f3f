package io.hashslot.bench.compare;

import picocli.CommandLine.Command;

/** The comparison of Hashslot with the C servers; each mode answers one question. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = "Compares our node with valkey-server and redis-server on this machine.",
    subcommands = {
      ThroughputComparison.class,
      MemoryComparison.class,
      PauseComparison.class,
      StartComparison.class,
      SnapshotComparison.class,
      AofComparison.class,
      SyncComparison.class,
      FailoverComparison.class,
      MigrateComparison.class,
      AckComparison.class,
      NeighbourComparison.class
    })
public final class CompareCommand {}
