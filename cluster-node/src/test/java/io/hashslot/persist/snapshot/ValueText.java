package io.hashslot.persist.snapshot;

import io.hashslot.structure.Slice;
import io.hashslot.value.HashValue;
import io.hashslot.value.ListSide;
import io.hashslot.value.ListValue;
import io.hashslot.value.PendingEntries;
import io.hashslot.value.SetValue;
import io.hashslot.value.SortedSetValue;
import io.hashslot.value.StreamConsumer;
import io.hashslot.value.StreamEntries;
import io.hashslot.value.StreamGroup;
import io.hashslot.value.StreamValue;
import io.hashslot.value.StringValue;
import io.hashslot.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Text of a value: a string as it is, of a collection its kind, its size and a fingerprint of its
 * elements; in their order, if they have one.
 */
final class ValueText {
  private long sum;

  private ValueText() {}

  static String of(Value value) {
    ValueText text = new ValueText();
    return switch (value) {
      case StringValue string -> new String(string.bytes(), StandardCharsets.ISO_8859_1);
      case SetValue set -> "set " + set.size() + " " + text.set(set);
      case HashValue hash -> "hash " + hash.size() + " " + text.hash(hash);
      case SortedSetValue sorted -> "zset " + sorted.size() + " " + text.sortedSet(sorted);
      case ListValue list -> "list " + list.size() + " " + text.list(list);
      case StreamValue stream -> "stream " + stream.size() + " " + text.stream(stream);
    };
  }

  private String set(SetValue set) {
    set.each(
        member -> {
          sum += mixed(Arrays.hashCode(member.bytes()));
          return true;
        });
    return Long.toHexString(sum);
  }

  private String hash(HashValue hash) {
    hash.forEach((field, value) -> sum += mixed(mixed(bytes(field)) + bytes(value)));
    return Long.toHexString(sum);
  }

  private String sortedSet(SortedSetValue sorted) {
    if (sorted.size() > 0) {
      sorted.select(0);
      do {
        add(bytes(sorted.member()));
        add(Double.hashCode(sorted.score()));
      } while (sorted.next());
    }
    return Long.toHexString(sum);
  }

  private String list(ListValue list) {
    for (boolean more = list.seek(ListSide.LEFT); more; more = list.next(ListSide.LEFT)) {
      add(bytes(list.element()));
    }
    return Long.toHexString(sum);
  }

  private String stream(StreamValue stream) {
    StreamEntries entries = stream.walk().all(stream);
    while (entries.next()) {
      add(entries.ms());
      add(entries.sequence());
      for (int i = entries.fieldCount(); i > 0; i--) {
        entries.nextField();
        add(bytes(entries.fieldName()));
        add(bytes(entries.fieldValue()));
      }
    }
    add(stream.lastMs());
    add(stream.lastSequence());
    add(stream.maxDeletedMs());
    add(stream.maxDeletedSequence());
    add(stream.entriesAdded());
    add(stream.firstMs());
    for (StreamGroup group = stream.firstGroup(); group != null; group = stream.nextGroup()) {
      group(group);
    }
    return stream.groupCount() + " " + Long.toHexString(sum);
  }

  private void group(StreamGroup group) {
    Slice name = new Slice();
    add(bytes(group.name(name)));
    add(group.lastMs());
    add(group.lastSequence());
    add(group.entriesRead());
    PendingEntries pending = group.pending();
    for (boolean more = pending.walkFrom(0, 0); more; more = pending.next()) {
      add(pending.ms());
      add(pending.sequence());
      add(pending.deliveredAtMs());
      add(pending.deliveries());
      add(bytes(StreamConsumer.name(pending.consumer(), name)));
    }
    for (long one = group.firstConsumer(); one != 0; one = group.nextConsumer()) {
      add(bytes(StreamConsumer.name(one, name)));
      add(StreamConsumer.seenAtMs(one));
      add(StreamConsumer.pendingCount(one));
    }
  }

  private void add(long number) {
    sum = mixed(sum + number);
  }

  private static long bytes(Slice slice) {
    return Arrays.hashCode(slice.bytes());
  }

  private static long mixed(long number) {
    long bits = (number ^ number >>> 29) * 0x9E3779B97F4A7C15L;
    return (bits ^ bits >>> 32) * 0xD6E8FEB86659FD93L;
  }
}
