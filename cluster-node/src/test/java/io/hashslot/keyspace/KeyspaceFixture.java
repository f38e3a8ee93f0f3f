package io.hashslot.keyspace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.hashslot.memory.CheckingArena;
import io.hashslot.memory.Memory;
import io.hashslot.value.StringValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A keyspace in text, over checking arenas, with a moment that tests set and a list of what it
 * reported.
 */
final class KeyspaceFixture implements KeyspaceEvents, AutoCloseable {
  final Keyspace keyspace;
  final Keys keys;
  final List<String> events = new ArrayList<>();
  long nowMs = 1_000_000;
  ExpiryMode mode = ExpiryMode.DELETE;

  KeyspaceFixture(int shards, int databases, boolean cluster) {
    keyspace =
        new Keyspace(new KeyspaceSettings(shards, databases, cluster, 5, CheckingArena::new));
    keys = keyspace.newKeys(this);
  }

  Keys begin(int database) {
    keys.begin(database, mode);
    keys.at(nowMs);
    return keys;
  }

  Key key(String name) {
    return keys.key(name.getBytes(ISO_8859_1), -1);
  }

  void put(int database, String name, String value, long expireAtMs) {
    begin(database);
    Key text = key(value + "!");
    keys.put(key(name), text.address(), value.length(), expireAtMs);
  }

  void put(String name, String value) {
    put(0, name, value, Keys.NO_EXPIRY);
  }

  @Nullable String get(String name) {
    StringValue value = begin(0).string(key(name));
    return value == null ? null : new String(value.bytes(), ISO_8859_1);
  }

  String encoding(String name) {
    return Objects.requireNonNull(begin(0).string(key(name))).encodingName();
  }

  int append(String name, String text) {
    begin(0);
    Key bytes = key(text + "!");
    return keys.append(key(name), bytes.address(), text.length());
  }

  boolean remove(int database, String name) {
    return begin(database).remove(key(name));
  }

  Map<String, String> contents(int database) {
    Map<String, String> contents = new TreeMap<>();
    begin(database);
    long cursor = 0;
    do {
      cursor = keys.scan(cursor, 1000, (_, entry) -> contents.put(name(entry), value(entry)));
    } while (cursor != 0);
    return contents;
  }

  static String name(Entry entry) {
    return new String(Memory.bytes(entry.keyAddress(), entry.keyLength()), ISO_8859_1);
  }

  static String value(Entry entry) {
    return new String(((StringValue) entry.value()).bytes(), ISO_8859_1);
  }

  @Override
  public void expired(int database, Key key) {
    events.add("expired " + database + " " + new String(key.bytes(), ISO_8859_1));
  }

  @Override
  public void created(int database, Key key) {
    events.add("created " + database + " " + new String(key.bytes(), ISO_8859_1));
  }

  @Override
  public void missed(int database, Key key) {
    events.add("missed " + database + " " + new String(key.bytes(), ISO_8859_1));
  }

  @Override
  public void close() {
    keyspace.close();
  }
}
