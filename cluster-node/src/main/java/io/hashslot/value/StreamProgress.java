package io.hashslot.value;

import io.hashslot.structure.IdTree;

/**
 * How far groups have read, in numbers of entries ever added. Entries deleted in between make it
 * unknown, until a reader comes to a point from which it can be counted again; the rules are those
 * of Valkey 8.0.1, checked against the running server.
 */
public final class StreamProgress {
  /** In place of a lag: nobody can tell. */
  public static final long UNKNOWN_LAG = Long.MIN_VALUE;

  private StreamProgress() {}

  /**
   * How many entries were added up to an id, this one included, or {@link StreamGroup#UNKNOWN}.
   * Only the ends of a stream tell.
   */
  public static long entriesUpTo(StreamValue stream, long ms, long sequence) {
    if (stream.entriesAdded() == 0) {
      return 0;
    }
    int toLast = IdTree.compare(ms, sequence, stream.lastMs(), stream.lastSequence());
    if (toLast == 0 || toLast < 0 && stream.size() == 0) {
      return stream.entriesAdded();
    }
    if (toLast > 0 || hasTombstoneFrom(stream, stream.firstMs(), stream.firstSequence())) {
      return StreamGroup.UNKNOWN;
    }
    int toFirst = IdTree.compare(ms, sequence, stream.firstMs(), stream.firstSequence());
    if (toFirst > 0) {
      return StreamGroup.UNKNOWN;
    }
    return stream.entriesAdded() - stream.size() + (toFirst == 0 ? 1 : 0);
  }

  /**
   * Whether an entry with this id or a greater one was deleted from among others: one from before
   * the first that is left does not matter.
   */
  private static boolean hasTombstoneFrom(StreamValue stream, long ms, long sequence) {
    return stream.size() > 0
        && (stream.maxDeletedMs() != 0 || stream.maxDeletedSequence() != 0)
        && isDeletedUpTo(stream, stream.firstMs(), stream.firstSequence())
        && isDeletedUpTo(stream, ms, sequence);
  }

  private static boolean isDeletedUpTo(StreamValue stream, long ms, long sequence) {
    return IdTree.compare(stream.maxDeletedMs(), stream.maxDeletedSequence(), ms, sequence) >= 0;
  }

  /** How many entries a group has yet to read, or {@link StreamGroup#UNKNOWN}. */
  public static long lag(StreamValue stream, StreamGroup group) {
    if (stream.entriesAdded() == 0) {
      return 0;
    }
    long read = group.entriesRead();
    if (read == StreamGroup.UNKNOWN
        || hasTombstoneFrom(stream, group.lastMs(), group.lastSequence())) {
      read = entriesUpTo(stream, group.lastMs(), group.lastSequence());
    }
    return read == StreamGroup.UNKNOWN ? UNKNOWN_LAG : stream.entriesAdded() - read;
  }

  /** A group reads the entry of an id, which it has not read yet: counts it. */
  public static void advance(StreamValue stream, StreamGroup group, long ms, long sequence) {
    if (group.entriesRead() != StreamGroup.UNKNOWN && !hasTombstoneFrom(stream, ms, sequence)) {
      group.entriesRead(group.entriesRead() + 1);
    } else if (stream.entriesAdded() != 0) {
      group.entriesRead(entriesUpTo(stream, ms, sequence));
    }
    group.last(ms, sequence);
  }
}
