package io.hashslot.value;

import io.hashslot.memory.Memory;
import io.hashslot.structure.IdTree;
import io.hashslot.structure.Listpack;
import io.hashslot.structure.Slice;

/**
 * A walk over the entries of a stream within a range of ids, from either end; deleted ones are
 * passed over. Reused from walk to walk. Good until the stream changes.
 */
public final class StreamEntries {
  private static final long BEHIND = -1;

  private final IdTree chunks = new IdTree(Long.BYTES);
  private final Slice fieldName = new Slice();
  private final Slice fieldValue = new Slice();

  private long leastMs;
  private long leastSequence;
  private long mostMs;
  private long mostSequence;
  private boolean backwards;
  private boolean more;

  /** The chunk under way, its id, and the element that tells how many fields its head has. */
  private long chunk;

  private long chunkMs;
  private long chunkSequence;
  private long masters;

  /** Where the next entry begins: 0 for none, {@link #BEHIND} for: behind the one under way. */
  private long next;

  /** The entry under way. */
  private long at;

  private boolean sameFields;
  private long ms;
  private long sequence;
  private int fieldCount;

  /** The next field name, in the entry or in the head of the chunk, the next value; how many. */
  private long field;

  private long value;
  private int fieldsLeft;

  /** Begins a walk over all entries. */
  public StreamEntries all(StreamValue stream) {
    return range(stream, 0, 0, -1, -1, false);
  }

  /** Begins a walk over the entries of one chunk, wherever that stands. */
  public StreamEntries chunk(long ofMs, long ofSequence, long address) {
    leastMs = 0;
    leastSequence = 0;
    mostMs = -1;
    mostSequence = -1;
    backwards = false;
    more = false;
    enter(ofMs, ofSequence, address);
    next = StreamChunk.firstEntry(chunk);
    return this;
  }

  private void enter(long ofMs, long ofSequence, long address) {
    chunkMs = ofMs;
    chunkSequence = ofSequence;
    chunk = address;
    masters = StreamChunk.masterCount(chunk);
  }

  /** Begins a walk over the entries from one id to another, both included. */
  public StreamEntries range(
      StreamValue stream,
      long fromMs,
      long fromSequence,
      long toMs,
      long toSequence,
      boolean fromTheEnd) {
    leastMs = fromMs;
    leastSequence = fromSequence;
    mostMs = toMs;
    mostSequence = toSequence;
    backwards = fromTheEnd;
    next = 0;
    stream.wrapChunks(chunks);
    if (backwards) {
      more = chunks.seekOrBelow(toMs, toSequence);
    } else {
      more = chunks.seekOrBelow(fromMs, fromSequence) || chunks.first();
    }
    return this;
  }

  /** Goes to the next entry; false if there is none. */
  public boolean next() {
    while (true) {
      if (next == BEHIND) {
        next = behind();
      }
      while (next == 0) {
        if (!more) {
          return false;
        }
        enterChunk();
      }
      boolean deleted = read();
      boolean below = IdTree.compare(ms, sequence, leastMs, leastSequence) < 0;
      boolean above = IdTree.compare(ms, sequence, mostMs, mostSequence) > 0;
      if (backwards ? below : above) {
        more = false;
        next = 0;
        return false;
      }
      if (!below && !above && !deleted) {
        return true;
      }
    }
  }

  private void enterChunk() {
    long record = chunks.record();
    enter(IdTree.first(record), IdTree.second(record), Memory.getLong(record + IdTree.PAYLOAD));
    if (backwards) {
      next = StreamChunk.lastEntry(chunk);
      more = chunks.previous();
    } else {
      next = StreamChunk.firstEntry(chunk);
      more = chunks.next();
    }
  }

  /** Reads the head of the entry at {@link #next}; tells whether it is deleted. */
  private boolean read() {
    at = next;
    long flags = Listpack.longValue(at);
    sameFields = (flags & StreamChunk.SAME_FIELDS) != 0;
    long p = Listpack.next(at);
    ms = chunkMs + Listpack.longValue(p);
    p = Listpack.next(p);
    sequence = chunkSequence + Listpack.longValue(p);
    p = Listpack.next(p);
    if (sameFields) {
      fieldCount = (int) Listpack.longValue(masters);
      field = Listpack.next(masters);
      value = p;
    } else {
      fieldCount = (int) Listpack.longValue(p);
      field = Listpack.next(p);
      value = Listpack.next(field);
    }
    fieldsLeft = fieldCount;
    next = backwards ? StreamChunk.entryBefore(chunk, Listpack.previous(chunk, at)) : BEHIND;
    return (flags & StreamChunk.DELETED) != 0;
  }

  /** The entry behind the one under way: behind what is left of it, and its last element. */
  private long behind() {
    long p = sameFields ? value : field;
    for (int left = sameFields ? fieldsLeft : 2 * fieldsLeft; left > 0; left--) {
      p = Listpack.next(p);
    }
    return Listpack.next(p);
  }

  /** The first part of the entry's id. */
  public long ms() {
    return ms;
  }

  /** The second part of the entry's id. */
  public long sequence() {
    return sequence;
  }

  /** How many fields the entry has. */
  public int fieldCount() {
    return fieldCount;
  }

  /** Shows the next field of the entry; to be called {@link #fieldCount} times at most. */
  public void nextField() {
    Listpack.get(field, fieldName);
    Listpack.get(value, fieldValue);
    fieldsLeft--;
    if (sameFields) {
      field = Listpack.next(field);
      value = Listpack.next(value);
    } else {
      field = Listpack.next(value);
      value = Listpack.next(field);
    }
  }

  /** The name of the field that was last shown. */
  public Slice fieldName() {
    return fieldName;
  }

  /** The value of the field that was last shown. */
  public Slice fieldValue() {
    return fieldValue;
  }

  /** Where the entry begins in its chunk, for those who change it. */
  long at() {
    return at;
  }

  /** The chunk of the entry, for those who change it. */
  long chunk() {
    return chunk;
  }

  /** The id of the chunk of the entry. */
  long chunkMs() {
    return chunkMs;
  }

  /** The second part of the id of the chunk of the entry. */
  long chunkSequence() {
    return chunkSequence;
  }
}
