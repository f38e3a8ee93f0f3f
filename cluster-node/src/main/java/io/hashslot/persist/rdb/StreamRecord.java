package io.hashslot.persist.rdb;

import io.hashslot.structure.Slice;
import io.hashslot.value.PendingEntries;
import io.hashslot.value.StreamConsumer;
import io.hashslot.value.StreamGroup;
import io.hashslot.value.StreamValue;
import java.io.IOException;

/**
 * How a stream stands in a snapshot: its chunks as they are, then counters and ids, then groups.
 * Later types have more counters; what is missing in older ones is worked out when they are read.
 */
final class StreamRecord {
  /** Redis 5.0 to 6.2. */
  static final int TYPE_1 = 15;

  /** Redis 7.0: more about the stream, and how far groups have read. */
  static final int TYPE_2 = 19;

  /** Redis 7.2 and Valkey: when consumers were last active. */
  static final int TYPE_3 = 21;

  private StreamRecord() {}

  /** What stands behind the chunks and before the groups. */
  record Counters(
      long entries,
      long lastMs,
      long lastSequence,
      long firstMs,
      long firstSequence,
      long maxDeletedMs,
      long maxDeletedSequence,
      long added,
      long groups) {
    static Counters of(StreamValue stream) {
      return new Counters(
          stream.size(),
          stream.lastMs(),
          stream.lastSequence(),
          stream.firstMs(),
          stream.firstSequence(),
          stream.maxDeletedMs(),
          stream.maxDeletedSequence(),
          stream.entriesAdded(),
          stream.groupCount());
    }

    void write(RdbEncoder out) {
      out.length(entries);
      id(out, lastMs, lastSequence);
      id(out, firstMs, firstSequence);
      id(out, maxDeletedMs, maxDeletedSequence);
      out.length(added);
      out.length(groups);
    }
  }

  static int type(int version) {
    return version > Rdb.VERSION_REDIS_7_0 ? TYPE_3 : TYPE_2;
  }

  static void write(RdbEncoder out, StreamValue stream, int version) {
    out.length(stream.chunkCount());
    for (boolean more = stream.firstChunk(); more; more = stream.nextChunk()) {
      chunk(
          out,
          stream.chunkMs(),
          stream.chunkSequence(),
          stream.chunkAddress(),
          stream.chunkLength());
    }
    rest(out, stream, version);
  }

  static void chunk(RdbEncoder out, long ms, long sequence, long address, int length) {
    out.length(StreamRecordReader.ID_BYTES);
    rawId(out, ms, sequence);
    out.string(address, length);
  }

  /** What stands behind the chunks: counters, ids and groups. */
  static void rest(RdbEncoder out, StreamValue stream, int version) {
    Counters.of(stream).write(out);
    for (StreamGroup group = stream.firstGroup(); group != null; group = stream.nextGroup()) {
      group(out, group, version);
    }
  }

  private static void group(RdbEncoder out, StreamGroup group, int version) {
    out.string(group.nameAddress(), group.nameLength());
    id(out, group.lastMs(), group.lastSequence());
    out.length(group.entriesRead());
    PendingEntries pending = group.pending();
    out.length(pending.size());
    for (boolean more = pending.walkFrom(0, 0); more; more = pending.next()) {
      pending(out, pending.ms(), pending.sequence(), pending.deliveredAtMs(), pending.deliveries());
    }
    out.length(group.consumerCount());
    Slice name = new Slice();
    for (long consumer = group.firstConsumer(); consumer != 0; consumer = group.nextConsumer()) {
      StreamConsumer.name(consumer, name);
      out.string(name.address(), name.length());
      consumer(
          out,
          StreamConsumer.seenAtMs(consumer),
          StreamConsumer.activeAtMs(consumer),
          StreamConsumer.pendingCount(consumer),
          version);
      for (boolean more = pending.walkFrom(consumer, 0, 0); more; more = pending.next()) {
        rawId(out, pending.ms(), pending.sequence());
      }
    }
  }

  /** One that is pending in a group. */
  static void pending(RdbEncoder out, long ms, long sequence, long atMs, long deliveries) {
    rawId(out, ms, sequence);
    out.i64(atMs);
    out.length(deliveries);
  }

  /** What stands behind the name of a consumer, up to its ids. */
  static void consumer(RdbEncoder out, long seenAtMs, long activeAtMs, long pending, int version) {
    out.i64(seenAtMs);
    if (type(version) == TYPE_3) {
      out.i64(activeAtMs);
    }
    out.length(pending);
  }

  static void id(RdbEncoder out, long ms, long sequence) {
    out.length(ms);
    out.length(sequence);
  }

  static void rawId(RdbEncoder out, long ms, long sequence) {
    out.i64(Long.reverseBytes(ms));
    out.i64(Long.reverseBytes(sequence));
  }

  static void read(int type, RdbInput in, StreamValue target) throws IOException {
    try (StreamRecordReader reader = new StreamRecordReader(type, in, target)) {
      reader.read();
    }
  }
}
