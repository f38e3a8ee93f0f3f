package io.hashslot.journal;

import org.jspecify.annotations.Nullable;

/**
 * What readers are given next: bytes of the stream, and between them, for who wants that, what was
 * written here beside it. Guarded by the journal's lock.
 */
final class Reading {
  private final Journal journal;
  private final ChunkSequence chunks;
  private final Readers readers;

  Reading(Journal journal, ChunkSequence chunks, Readers readers) {
    this.journal = journal;
    this.chunks = chunks;
    this.readers = readers;
  }

  /**
   * Moves a reader on; one that has seen everything is armed, so that it hears of more.
   *
   * @param end of the stream
   * @param writes what was written beside it, null if nobody wants that
   * @return null if there is nothing for it now
   */
  @Nullable JournalSlice next(
      JournalReader reader, long end, @Nullable LocalWrites writes, int maxBytes) {
    if (reader.closed || reader.dropped) {
      return null;
    }
    long available = Math.min(end, reader.stop) - reader.position;
    if (reader.local != null && writes != null) {
      long place = writes.nextPlace(reader.local);
      if (place <= reader.position) {
        JournalSlice turn = writes.take(reader.local, maxBytes);
        if (turn != null) {
          writes.read(readers.slowestBeside());
          return turn;
        }
      } else {
        available = Math.min(available, place - reader.position);
      }
    }
    if (available <= 0) {
      reader.arm(end);
      return null;
    }
    Chunk chunk = chunks.at(reader.position);
    long inChunk = chunk.base + chunks.chunkBytes() - reader.position;
    int length = (int) Math.min(Math.min(maxBytes, inChunk), available);
    chunk.pins++;
    JournalSlice slice = new JournalSlice(journal, chunk, reader.position, length);
    reader.position += length;
    return slice;
  }
}
