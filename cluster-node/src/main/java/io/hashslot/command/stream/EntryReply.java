package io.hashslot.command.stream;

import io.hashslot.memory.Memory;
import io.hashslot.resp.Decimal;
import io.hashslot.resp.Output;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.structure.Slice;
import io.hashslot.value.StreamEntries;
import io.hashslot.value.StreamValue;

/** Entries and ids as replies. */
final class EntryReply {
  /** Longest id as a bulk string. */
  private static final int ID_BYTES = 64;

  private EntryReply() {}

  /** Writes an id. */
  static void id(ReplyWriter reply, long ms, long sequence) {
    if (ms < 0 || sequence < 0) {
      reply.bulk(StreamId.text(ms, sequence));
      return;
    }
    Output out = reply.output();
    long to = out.reserve(ID_BYTES);
    Memory.putByte(to, '$');
    int length = Decimal.length(ms) + 1 + Decimal.length(sequence);
    int at = 1 + Decimal.write(to + 1, length);
    at += lineEnd(to + at);
    at += Decimal.write(to + at, ms);
    Memory.putByte(to + at++, '-');
    at += Decimal.write(to + at, sequence);
    at += lineEnd(to + at);
    out.advance(at);
  }

  private static int lineEnd(long to) {
    Memory.putByte(to, '\r');
    Memory.putByte(to + 1, '\n');
    return 2;
  }

  /**
   * Writes an array of the entries of a range.
   *
   * @param count most entries to write, 0 or less for any number
   */
  static void range(
      ReplyWriter reply,
      StreamValue stream,
      StreamId from,
      StreamId to,
      boolean backwards,
      long count) {
    StreamEntries entries = walk(stream, from, to, backwards);
    int start = reply.output().position();
    long written = 0;
    while ((count <= 0 || written < count) && entries.next()) {
      entry(reply, entries);
      written++;
    }
    reply.arrayAt(start, written);
  }

  /** Begins a walk over a range. */
  static StreamEntries walk(StreamValue stream, StreamId from, StreamId to, boolean backwards) {
    return stream
        .walk()
        .range(stream, from.ms(), from.sequence(), to.ms(), to.sequence(), backwards);
  }

  /** Writes the entry of an id; false, and nothing written, if there is none. */
  static boolean one(ReplyWriter reply, StreamValue stream, long ms, long sequence) {
    StreamEntries entries = stream.walk().range(stream, ms, sequence, ms, sequence, false);
    if (!entries.next()) {
      return false;
    }
    entry(reply, entries);
    return true;
  }

  /** Writes an entry: its id, and an array of its fields and values. */
  static void entry(ReplyWriter reply, StreamEntries entry) {
    reply.array(2);
    id(reply, entry.ms(), entry.sequence());
    int fields = entry.fieldCount();
    reply.array(2L * fields);
    for (int i = 0; i < fields; i++) {
      entry.nextField();
      bulk(reply, entry.fieldName());
      bulk(reply, entry.fieldValue());
    }
  }

  /** Writes the bytes of a slice. */
  static void bulk(ReplyWriter reply, Slice slice) {
    reply.bulk(slice.address(), slice.length());
  }
}
