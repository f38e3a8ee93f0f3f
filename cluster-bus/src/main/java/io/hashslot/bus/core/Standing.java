package io.hashslot.bus.core;

/**
 * Where a replica of a failed primary stands among those who might be elected.
 *
 * @param rank how many siblings should go first, because they have more of the primary's stream
 * @param failedBefore how many other failed primaries' replicas should go first: those of shards
 *     whose id is smaller
 * @param agreed whether every sibling that works has said that it, too, sees the failure. What they
 *     have is known for good then
 */
record Standing(int rank, int failedBefore, boolean agreed) {
  static final Standing ALONE = new Standing(0, 0, true);

  /** Whether nobody can be better, and nobody is in the way. */
  boolean isCertainlyBest() {
    return agreed && rank == 0 && failedBefore == 0;
  }
}
