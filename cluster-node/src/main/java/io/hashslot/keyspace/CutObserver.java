package io.hashslot.keyspace;

/**
 * Who takes a cut: a picture of all entries at one moment, while writes go on. Called under the
 * lock of the entry's shard, before the entry changes or goes, once for each entry that {@link
 * Sweep} has not shown yet. Must not call the keyspace.
 */
public interface CutObserver {
  /**
   * An entry as it was at the moment of the cut, about to be changed or deleted: copy what is
   * needed now.
   *
   * @param shard number of the shard whose lock is held
   */
  void preImage(int shard, int database, Entry entry);
}
