package io.hashslot.value;

import io.hashslot.structure.IdTree;
import io.hashslot.structure.Listpack;

/**
 * Drops entries from the start of a stream, until no more than a number are left or until one has
 * at least some id. Whole chunks go as they are; entries of the last chunk concerned are marked as
 * deleted, unless rough work is enough.
 *
 * @param byLength whether a number of entries is to be left, or an id
 * @param maxLength how many entries are to be left
 * @param minMs first part of the least id to be left
 * @param minSequence second part of the least id to be left
 * @param rough whether only whole chunks go
 * @param limit most entries to be dropped, 0 for any number
 */
public record StreamTrim(
    boolean byLength, long maxLength, long minMs, long minSequence, boolean rough, long limit) {

  /** Trims a stream; returns how many entries are gone. */
  public long apply(StreamValue stream) {
    long before = stream.size();
    while (stream.firstChunk() && !enough(stream)) {
      long entries = StreamChunk.live(stream.chunkAddress());
      if (limit != 0 && before - stream.size() + entries > limit) {
        break;
      }
      if (coversChunk(stream, entries)) {
        stream.dropChunk();
        continue;
      }
      if (!rough) {
        stream.edited(markEntries(stream));
      }
      break;
    }
    long gone = before - stream.size();
    if (gone > 0) {
      stream.findFirst();
    }
    return gone;
  }

  private boolean enough(StreamValue stream) {
    return byLength && stream.size() <= maxLength;
  }

  /** Whether the first chunk goes as a whole. */
  private boolean coversChunk(StreamValue stream, long entries) {
    if (byLength) {
      return stream.size() - entries >= maxLength;
    }
    return isBelow(stream, StreamChunk.lastEntry(stream.chunkAddress()));
  }

  /** Whether an entry of the first chunk has an id below the least one to be left. */
  private boolean isBelow(StreamValue stream, long entry) {
    long added = Listpack.next(entry);
    long ms = stream.chunkMs() + Listpack.longValue(added);
    long sequence = stream.chunkSequence() + Listpack.longValue(Listpack.next(added));
    return IdTree.compare(ms, sequence, minMs, minSequence) < 0;
  }

  /** Marks entries at the start of the first chunk; returns how many. */
  private long markEntries(StreamValue stream) {
    StreamChunk chunk = stream.edit();
    long left = byLength ? stream.size() - maxLength : Long.MAX_VALUE;
    long marked = 0;
    long p = StreamChunk.firstEntry(chunk.address());
    while (p != 0 && marked < left && (byLength || isBelow(stream, p))) {
      if ((Listpack.longValue(p) & StreamChunk.DELETED) == 0) {
        p = chunk.mark(p);
        marked++;
      }
      p = StreamChunk.entryAfter(chunk.address(), p);
    }
    return marked;
  }
}
