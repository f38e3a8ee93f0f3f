package io.hashslot.keyspace;

import io.hashslot.memory.Arena;
import java.util.function.Supplier;

/**
 * What a keyspace is built with.
 *
 * @param shards a power of two from 1 to 64
 * @param databases how many databases there are, at least 1
 * @param cluster whether tables follow slots (so that a slot can be counted, listed and moved)
 *     rather than hash bits
 * @param hashSeed secret of the key hash; random for each process, fixed in tests
 * @param arenas makes the arena of each shard
 */
public record KeyspaceSettings(
    int shards, int databases, boolean cluster, long hashSeed, Supplier<Arena> arenas) {
  public KeyspaceSettings {
    if (shards < 1 || shards > Shards.MAX || Integer.bitCount(shards) != 1) {
      throw new IllegalArgumentException(
          "shards must be a power of two from 1 to " + Shards.MAX + ": " + shards);
    }
    if (databases < 1) {
      throw new IllegalArgumentException("databases must be at least 1: " + databases);
    }
  }

  /** Tells whether there can be no other database than the first: a cluster, as it usually is. */
  public boolean onlyDatabase() {
    return cluster && databases == 1;
  }
}
