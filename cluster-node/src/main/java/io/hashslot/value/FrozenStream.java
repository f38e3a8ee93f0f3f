package io.hashslot.value;

import io.hashslot.memory.Arena;
import io.hashslot.memory.Memory;
import io.hashslot.structure.IdTree;
import io.hashslot.structure.RecordTree;
import java.util.function.LongConsumer;

/**
 * The chunks of a stream. They are handed out in the order of their ids; so a chunk with an id that
 * was passed, or above the last one there was, is of no interest. Of others a tree beside the
 * stream's own remembers, by id, a copy that was made before the chunk changed, or the chunk itself
 * if it was dropped, or that a chunk is new (which only happens after the last id was set back).
 *
 * <p>Behind the chunks come the groups ({@link FrozenGroup}). Counters are not handed out: they
 * must be taken at the moment itself.
 */
public final class FrozenStream extends FrozenValue {
  /** In place of the address of what is kept: the stream's chunk of this id is a new one. */
  private static final long NEW = 0;

  private final Arena arena;
  private final Parts parts;
  private final LongConsumer keeping;
  private final IdTree live = new IdTree(Long.BYTES);
  private final IdTree kept = new IdTree(Long.BYTES);
  private final long keptDescriptor;
  private final long lastMs;
  private final long lastSequence;
  private long nextMs;
  private long nextSequence;
  private final FrozenGroups groups;
  private long left;
  private boolean chunksEnded;

  FrozenStream(StreamValue stream, Parts parts, LongConsumer keeping) {
    super(stream);
    this.parts = parts;
    this.keeping = keeping;
    arena = stream.cell().arena();
    keptDescriptor = arena.allocate(RecordTree.DESCRIPTOR_BYTES);
    RecordTree.create(keptDescriptor);
    kept.wrap(arena, keptDescriptor);
    stream.wrapChunks(live);
    groups = new FrozenGroups(stream, parts, keeping);
    left = live.size();
    boolean any = live.last();
    lastMs = any ? IdTree.first(live.record()) : 0;
    lastSequence = any ? IdTree.second(live.record()) : 0;
  }

  /** Whether the chunk with an id, if it is an old one, is still to be handed out. */
  private boolean concerns(long ms, long sequence) {
    return left > 0
        && IdTree.compare(ms, sequence, lastMs, lastSequence) <= 0
        && IdTree.compare(ms, sequence, nextMs, nextSequence) >= 0;
  }

  /** Who has to hear of changes of groups. */
  FrozenGroups groups() {
    return groups;
  }

  /** A chunk of the stream is about to change. */
  void changing(long ms, long sequence, long chunk) {
    if (concerns(ms, sequence) && !kept.seek(ms, sequence)) {
      long bytes = StreamChunk.blockBytes(chunk);
      long copy = arena.allocate(bytes);
      Memory.copy(chunk, copy, StreamChunk.bytes(chunk));
      keep(ms, sequence, copy);
      keeping.accept(bytes);
    }
  }

  /**
   * A chunk of the stream is dropped.
   *
   * @return whether it is kept here; else it is the stream's to free
   */
  boolean takes(long ms, long sequence, long chunk) {
    if (!concerns(ms, sequence)) {
      return false;
    }
    if (kept.seek(ms, sequence)) {
      if (keptHere() == NEW) {
        kept.remove();
      }
      return false;
    }
    keep(ms, sequence, chunk);
    keeping.accept(StreamChunk.blockBytes(chunk));
    return true;
  }

  /** The stream has got another chunk. */
  void added(long ms, long sequence) {
    if (concerns(ms, sequence) && !kept.seek(ms, sequence)) {
      keep(ms, sequence, NEW);
    }
  }

  private void keep(long ms, long sequence, long chunk) {
    Memory.putLong(kept.insert(ms, sequence) + IdTree.PAYLOAD, chunk);
  }

  private long keptHere() {
    return Memory.getLong(kept.record() + IdTree.PAYLOAD);
  }

  @Override
  public boolean next() {
    if (left > 0) {
      nextChunk();
      return true;
    }
    if (!chunksEnded) {
      chunksEnded = true;
      parts.endOfChunks();
    }
    return groups.next();
  }

  private void nextChunk() {
    boolean anyLive = live.seekOrAbove(nextMs, nextSequence);
    boolean anyKept = kept.seekOrAbove(nextMs, nextSequence);
    if (!anyLive && !anyKept) {
      throw new IllegalStateException(left + " chunks of a stream are missing");
    }
    if (anyKept && (!anyLive || compareKeptToLive() <= 0)) {
      handOutKept();
    } else {
      long record = live.record();
      handOut(IdTree.first(record), IdTree.second(record), Memory.getLong(record + IdTree.PAYLOAD));
    }
  }

  private int compareKeptToLive() {
    return IdTree.compare(
        IdTree.first(kept.record()),
        IdTree.second(kept.record()),
        IdTree.first(live.record()),
        IdTree.second(live.record()));
  }

  private void handOutKept() {
    long ms = IdTree.first(kept.record());
    long sequence = IdTree.second(kept.record());
    long chunk = keptHere();
    kept.remove();
    if (chunk == NEW) {
      passed(ms, sequence);
    } else {
      handOut(ms, sequence, chunk);
      free(chunk);
    }
  }

  private void handOut(long ms, long sequence, long chunk) {
    left--;
    passed(ms, sequence);
    parts.streamChunk(ms, sequence, chunk, StreamChunk.bytes(chunk));
  }

  private void passed(long ms, long sequence) {
    nextSequence = sequence + 1;
    nextMs = nextSequence == 0 ? ms + 1 : ms;
  }

  private void free(long chunk) {
    long bytes = StreamChunk.blockBytes(chunk);
    arena.free(chunk, bytes);
    keeping.accept(-bytes);
  }

  @Override
  public boolean release(int budget) {
    left = 0;
    for (int i = 0; i < budget && kept.last(); i++) {
      long chunk = keptHere();
      kept.remove();
      if (chunk != NEW) {
        free(chunk);
      }
    }
    if (kept.size() > 0 || !groups.release(budget)) {
      return false;
    }
    arena.free(keptDescriptor, RecordTree.DESCRIPTOR_BYTES);
    return true;
  }
}
