package io.hashslot.persist.rdb;

import io.hashslot.memory.Memory;
import io.hashslot.value.PendingEntries;
import io.hashslot.value.StreamConsumer;
import io.hashslot.value.StreamGroup;
import io.hashslot.value.StreamProgress;
import io.hashslot.value.StreamValue;
import java.io.IOException;

/** Reads a stream of any type into an empty one, trusting nothing. */
final class StreamRecordReader implements AutoCloseable {
  static final int ID_BYTES = 16;

  private final NativeBlock text = new NativeBlock();
  private final int type;
  private final RdbInput in;
  private final StreamValue stream;

  StreamRecordReader(int type, RdbInput in, StreamValue stream) {
    this.type = type;
    this.in = in;
    this.stream = stream;
  }

  void read() throws IOException {
    for (long chunks = in.length(); chunks != 0; chunks--) {
      chunk();
    }
    long entries = in.length();
    require(entries == 0 || stream.chunkCount() > 0, "entries of a stream without chunks");
    stream.last(in.length(), in.length());
    if (type == StreamRecord.TYPE_1) {
      stream.findFirst();
      stream.entriesAdded(stream.size());
    } else {
      stream.first(in.length(), in.length());
      stream.maxDeleted(in.length(), in.length());
      stream.entriesAdded(in.length());
    }
    for (long groups = in.length(); groups != 0; groups--) {
      group();
    }
  }

  private void chunk() throws IOException {
    in.string(text);
    require(text.length == ID_BYTES, "id of a chunk of a stream");
    long ms = Long.reverseBytes(Memory.getLong(text.address()));
    long sequence = Long.reverseBytes(Memory.getLong(text.address() + 8));
    in.string(text);
    require(
        stream.addChunk(ms, sequence, text.address(), text.length), "chunk of a stream, or twice");
  }

  private void group() throws IOException {
    in.string(text);
    require(stream.group(text.address(), text.length) == null, "group of a stream, twice");
    StreamGroup group = stream.addGroup(text.address(), text.length);
    group.last(in.length(), in.length());
    group.entriesRead(
        type == StreamRecord.TYPE_1
            ? StreamProgress.entriesUpTo(stream, group.lastMs(), group.lastSequence())
            : in.length());
    PendingEntries pending = group.pending();
    for (long left = in.length(); left != 0; left--) {
      long ms = Long.reverseBytes(in.i64());
      long sequence = Long.reverseBytes(in.i64());
      require(!pending.seek(ms, sequence), "pending entry of a stream, twice");
      pending.addUnowned(ms, sequence, in.i64(), in.length());
    }
    long owned = 0;
    for (long consumers = in.length(); consumers != 0; consumers--) {
      owned += consumer(group);
    }
    require(owned == pending.size(), "pending entry of a stream that nobody has");
  }

  /** Reads a consumer; returns how many entries it has pending. */
  private long consumer(StreamGroup group) throws IOException {
    in.string(text);
    require(group.consumer(text.address(), text.length) == 0, "consumer of a stream, twice");
    long consumer = group.addConsumer(text.address(), text.length, in.i64());
    StreamConsumer.activeAtMs(
        consumer, type == StreamRecord.TYPE_3 ? in.i64() : StreamConsumer.seenAtMs(consumer));
    PendingEntries pending = group.pending();
    for (long left = in.length(); left != 0; left--) {
      long ms = Long.reverseBytes(in.i64());
      long sequence = Long.reverseBytes(in.i64());
      require(
          pending.seek(ms, sequence) && pending.consumer() == 0,
          "pending entry of a consumer, but not of its group, or of another consumer");
      pending.giveTo(consumer);
    }
    return StreamConsumer.pendingCount(consumer);
  }

  private void require(boolean condition, String what) throws RdbFormatException {
    if (!condition) {
      throw new RdbFormatException("malformed " + what, in.offset());
    }
  }

  @Override
  public void close() {
    text.close();
  }
}
