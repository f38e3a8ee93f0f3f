package io.hashslot.persist.snapshot;

import java.io.IOException;

/** Hands copies of entries, and their parts, to somebody else. */
final class SinkEntries extends EntryWriter {
  private final CutSink sink;
  private final EntryPace pace;

  SinkEntries(CutSink sink, EntryPace pace) {
    this.sink = sink;
    this.pace = pace;
  }

  @Override
  public void entry(
      int database,
      long key,
      int keyLength,
      long expireAtMs,
      int clock,
      int type,
      long value,
      int valueLength)
      throws IOException {
    pace.next();
    sink.begin(database);
    sink.entry(type, key, keyLength, expireAtMs, value, valueLength);
  }

  @Override
  void head(PartedEntry entry) throws IOException {
    pace.next();
    sink.begin(entry.database());
    sink.head(entry.type(), entry.key(), entry.keyLength(), entry.expireAtMs());
  }

  @Override
  public void block(BlockChain.Block block) throws IOException {
    sink.part(block.address(), block.length());
  }

  @Override
  void endOfParts() throws IOException {
    sink.endOfParts();
  }
}
