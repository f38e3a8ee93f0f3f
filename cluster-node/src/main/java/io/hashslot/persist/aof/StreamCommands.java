package io.hashslot.persist.aof;

import io.hashslot.structure.Slice;
import io.hashslot.value.PendingEntries;
import io.hashslot.value.StreamConsumer;
import io.hashslot.value.StreamEntries;
import io.hashslot.value.StreamGroup;
import io.hashslot.value.StreamValue;

/** Writes a stream as commands: its entries, its counters, its groups with what they wait for. */
final class StreamCommands {
  private final CommandOutput out;
  private final Slice name = new Slice();

  StreamCommands(CommandOutput out) {
    this.out = out;
  }

  void write(long key, int keyLength, StreamValue stream) {
    if (stream.isEmpty()) {
      // An entry that is trimmed at once leaves the empty stream behind.
      out.command("XADD", 6).bytes(key, keyLength).text("MAXLEN").text("0").text("0-1");
      out.text("x").text("y");
    } else {
      entries(key, keyLength, stream);
    }
    out.command("XSETID", 6)
        .bytes(key, keyLength)
        .text(id(stream.lastMs(), stream.lastSequence()))
        .text("ENTRIESADDED")
        .number(stream.entriesAdded())
        .text("MAXDELETEDID")
        .text(id(stream.maxDeletedMs(), stream.maxDeletedSequence()));
    for (StreamGroup group = stream.firstGroup(); group != null; group = stream.nextGroup()) {
      group(key, keyLength, group);
    }
  }

  private void entries(long key, int keyLength, StreamValue stream) {
    StreamEntries entries = stream.walk().all(stream);
    while (entries.next()) {
      int fields = entries.fieldCount();
      out.command("XADD", 2 + 2L * fields)
          .bytes(key, keyLength)
          .text(id(entries.ms(), entries.sequence()));
      for (int i = 0; i < fields; i++) {
        entries.nextField();
        Slice field = entries.fieldName();
        out.bytes(field.address(), field.length());
        Slice value = entries.fieldValue();
        out.bytes(value.address(), value.length());
      }
    }
  }

  private void group(long key, int keyLength, StreamGroup group) {
    out.command("XGROUP", 6)
        .text("CREATE")
        .bytes(key, keyLength)
        .bytes(group.nameAddress(), group.nameLength())
        .text(id(group.lastMs(), group.lastSequence()))
        .text("ENTRIESREAD")
        .number(group.entriesRead());
    for (long consumer = group.firstConsumer(); consumer != 0; consumer = group.nextConsumer()) {
      StreamConsumer.name(consumer, name);
      if (StreamConsumer.pendingCount(consumer) == 0) {
        out.command("XGROUP", 4)
            .text("CREATECONSUMER")
            .bytes(key, keyLength)
            .bytes(group.nameAddress(), group.nameLength())
            .bytes(name.address(), name.length());
      } else {
        pending(key, keyLength, group, consumer);
      }
    }
  }

  private void pending(long key, int keyLength, StreamGroup group, long consumer) {
    PendingEntries pending = group.pending();
    for (boolean more = pending.walkFrom(consumer, 0, 0); more; more = pending.next()) {
      out.command("XCLAIM", 11)
          .bytes(key, keyLength)
          .bytes(group.nameAddress(), group.nameLength())
          .bytes(name.address(), name.length())
          .text("0")
          .text(id(pending.ms(), pending.sequence()))
          .text("TIME")
          .number(pending.deliveredAtMs())
          .text("RETRYCOUNT")
          .number(pending.deliveries())
          .text("JUSTID")
          .text("FORCE");
    }
  }

  private static String id(long ms, long sequence) {
    return Long.toUnsignedString(ms) + '-' + Long.toUnsignedString(sequence);
  }
}
