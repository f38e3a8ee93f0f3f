package io.hashslot.persist.rdb;

import io.hashslot.resp.Output;
import io.hashslot.structure.SetMember;
import io.hashslot.structure.Slice;
import io.hashslot.value.CollectionValue;
import io.hashslot.value.FrozenValue;
import io.hashslot.value.ListValue;
import io.hashslot.value.StreamValue;

/**
 * Writes a big collection part by part as it stands in a snapshot. Nothing is compressed on the
 * way, since this is done while the collection must not change.
 */
public final class RdbParts implements FrozenValue.Parts, AutoCloseable {
  private final RdbEncoder out;

  /**
   * Begins with a collection in full form, and writes what stands before its first part.
   *
   * @param out gets that, and the parts
   * @param rest gets what stands behind the last part
   * @param version of the format that the reader understands
   */
  public RdbParts(CollectionValue value, Output out, Output rest, int version) {
    this.out = new RdbEncoder(out, false);
    switch (value) {
      case ListValue list -> this.out.length(list.chunks());
      case StreamValue stream -> {
        this.out.length(stream.chunkCount());
        try (RdbEncoder behind = new RdbEncoder(rest, false)) {
          StreamRecord.rest(behind, stream, version);
        }
      }
      default -> this.out.length(value.size());
    }
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
  public void close() {
    out.close();
  }
}
