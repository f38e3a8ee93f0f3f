package io.hashslot.persist.rdb;

import io.hashslot.value.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything a snapshot told, as text: {@code db0:key} → value, expiry, attributes. */
final class Collected implements RdbVisitor {
  record Value(String value, long expireAtMs, long idleSeconds, int frequency) {}

  final Map<String, Value> entries = new TreeMap<>();
  final List<List<String>> aux = new ArrayList<>();
  final List<String> functions = new ArrayList<>();
  private int db;

  static Collected from(byte[] file) throws IOException {
    Collected collected = new Collected();
    try (RdbReader reader =
        new RdbReader(Channels.newChannel(new ByteArrayInputStream(file)), true)) {
      reader.read(collected);
    }
    return collected;
  }

  @Override
  public void aux(String name, String value) {
    aux.add(List.of(name, value));
  }

  @Override
  public void function(byte[] source, long offset) {
    functions.add(new String(source, StandardCharsets.UTF_8));
  }

  @Override
  public void selectDb(int index, long offset) {
    db = index;
  }

  @Override
  public void string(RdbEntry entry, long value, int valueLength) {
    String key = text(entry.key(), entry.keyLength());
    entries.put(
        "db" + db + ":" + key,
        new Value(
            text(value, valueLength), entry.expireAtMs(), entry.idleSeconds(), entry.frequency()));
  }

  /** Collections need a keyspace: what they hold is tested where there is one. */
  @Override
  public void collection(RdbEntry entry, Kind kind, Reading reading) throws IOException {
    throw new RdbFormatException(kind.typeName() + " is not collected", entry.offset());
  }

  private static String text(long address, int length) {
    return new String(NativeMemory.read(address, length), StandardCharsets.ISO_8859_1);
  }
}
