package io.hashslot.bus.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a replica's host knows of the writes that its primary has acknowledged ({@code
 * cluster-write-acks}): how many replicas have each of them, and whether this is one that counts.
 *
 * @param acks how many of the members have every acknowledged write; 0: nothing was promised
 * @param members names of those that count; null: all replicas of the shard, as far as known here
 * @param history name of the history that the replication offset counts
 * @param sound whether this replica has been in step with its present primary and still has what it
 *     had then
 * @param fenced whether nothing is acknowledged to the primary now; sampled before the offset
 * @param forsaken whether the primary, which runs, goes on with another history than the one that
 *     this replica has of it: it has started anew, and the replica does not follow it there. Of a
 *     primary: whether it has started with replicas that have not agreed yet to go on with what it
 *     has
 */
public record Succession(
    int acks,
    @Nullable List<String> members,
    String history,
    boolean sound,
    boolean fenced,
    boolean forsaken) {
  /** Nothing was promised to anybody. */
  public static final Succession FREE = new Succession(0, null, "", false, false, false);

  /** A primary that does not know yet whether it has what it acknowledged before it started. */
  public static final Succession UNCONFIRMED = new Succession(0, null, "", false, false, true);
}
