package io.hashslot.persist.snapshot;

import io.hashslot.keyspace.Keyspace;

/**
 * How many entries each database has at the moment of a snapshot.
 *
 * @param keys of each database
 * @param expiring of each database, those with an expiry
 */
record DatabaseSizes(long[] keys, long[] expiring) {
  /** The present sizes; all shards are held. */
  static DatabaseSizes of(Keyspace keyspace) {
    long[] keys = new long[keyspace.databases()];
    long[] expiring = new long[keyspace.databases()];
    for (int db = 0; db < keys.length; db++) {
      keys[db] = keyspace.size(db);
      expiring[db] = keyspace.expiring(db);
    }
    return new DatabaseSizes(keys, expiring);
  }

  /** Entries of all databases. */
  long total() {
    long sum = 0;
    for (long one : keys) {
      sum += one;
    }
    return sum;
  }
}
