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

  static int type(StreamValue value, int version) {
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
    out.length(stream.size());
    id(out, stream.lastMs(), stream.lastSequence());
    id(out, stream.firstMs(), stream.firstSequence());
    id(out, stream.maxDeletedMs(), stream.maxDeletedSequence());
    out.length(stream.entriesAdded());
    out.length(stream.groupCount());
    for (StreamGroup group = stream.firstGroup(); group != null; group = stream.nextGroup()) {
      group(out, group, type(stream, version));
    }
  }

  private static void group(RdbEncoder out, StreamGroup group, int type) {
    out.string(group.nameAddress(), group.nameLength());
    id(out, group.lastMs(), group.lastSequence());
    out.length(group.entriesRead());
    PendingEntries pending = group.pending();
    out.length(pending.size());
    for (boolean more = pending.walkFrom(0, 0); more; more = pending.next()) {
      rawId(out, pending.ms(), pending.sequence());
      out.i64(pending.deliveredAtMs());
      out.length(pending.deliveries());
    }
    out.length(group.consumerCount());
    Slice name = new Slice();
    for (long consumer = group.firstConsumer(); consumer != 0; consumer = group.nextConsumer()) {
      StreamConsumer.name(consumer, name);
      out.string(name.address(), name.length());
      out.i64(StreamConsumer.seenAtMs(consumer));
      if (type == TYPE_3) {
        out.i64(StreamConsumer.activeAtMs(consumer));
      }
      out.length(StreamConsumer.pendingCount(consumer));
      for (boolean more = pending.walkFrom(consumer, 0, 0); more; more = pending.next()) {
        rawId(out, pending.ms(), pending.sequence());
      }
    }
  }

  private static void id(RdbEncoder out, long ms, long sequence) {
    out.length(ms);
    out.length(sequence);
  }

  private static void rawId(RdbEncoder out, long ms, long sequence) {
    out.i64(Long.reverseBytes(ms));
    out.i64(Long.reverseBytes(sequence));
  }

  static void read(int type, RdbInput in, StreamValue target) throws IOException {
    try (StreamRecordReader reader = new StreamRecordReader(type, in, target)) {
      reader.read();
    }
  }
}
