package io.hashslot.persist.rdb;

import io.hashslot.resp.Output;
import io.hashslot.structure.SetMember;
import io.hashslot.structure.Slice;
import io.hashslot.value.CollectionValue;
import io.hashslot.value.ListValue;
import io.hashslot.value.StreamValue;
import io.hashslot.value.StringValue;
import io.hashslot.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * Writes a big value part by part as it stands in a snapshot. Nothing is compressed on the way,
 * since this is done while the value must not change.
 */
public final class RdbParts implements PartWriter {
  private final RdbEncoder out;
  private final int version;
  private StreamRecord.@Nullable Counters counters;

  /**
   * Begins with a value that is big, and writes what stands before its first part.
   *
   * @param out gets that, and the parts
   * @param version of the format that the reader understands
   */
  public RdbParts(Value value, Output out, int version) {
    this.version = version;
    this.out = new RdbEncoder(out, false);
    switch (value) {
      case StringValue string -> this.out.length(string.length());
      case ListValue list -> this.out.length(list.chunks());
      case StreamValue stream -> {
        this.out.length(stream.chunkCount());
        counters = StreamRecord.Counters.of(stream);
      }
      case CollectionValue table -> this.out.length(table.size());
    }
  }

  @Override
  public void bytes(long address, int length) {
    out.raw(address, length);
  }

  @Override
  public void member(SetMember member) {
    SetRecord.member(out, member);
  }

  @Override
  public void pair(Slice field, Slice value) {
    HashRecord.pair(out, field, value);
  }

  @Override
  public void scored(Slice member, double score) {
    SortedSetRecord.element(out, member, score);
  }

  @Override
  public void listChunk(long chunk) {
    ListRecord.chunk(out, chunk);
  }

  @Override
  public void streamChunk(long ms, long sequence, long address, int length) {
    StreamRecord.chunk(out, ms, sequence, address, length);
  }

  @Override
  public void endOfChunks() {
    if (counters != null) {
      counters.write(out);
    }
  }

  @Override
  public void group(byte[] name, long ms, long sequence, long entriesRead, long pending) {
    out.string(name);
    StreamRecord.id(out, ms, sequence);
    out.length(entriesRead);
    out.length(pending);
  }

  @Override
  public void pending(long ms, long sequence, long deliveredAtMs, long deliveries) {
    StreamRecord.pending(out, ms, sequence, deliveredAtMs, deliveries);
  }

  @Override
  public void consumers(long count) {
    out.length(count);
  }

  @Override
  public void consumer(byte[] name, long seenAtMs, long activeAtMs, long pending) {
    out.string(name);
    StreamRecord.consumer(out, seenAtMs, activeAtMs, pending, version);
  }

  @Override
  public void pendingOfConsumer(long ms, long sequence) {
    StreamRecord.rawId(out, ms, sequence);
  }

  @Override
  public void end() {}

  @Override
  public void close() {
    out.close();
  }
}
