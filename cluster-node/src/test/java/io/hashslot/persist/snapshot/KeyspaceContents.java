package io.hashslot.persist.snapshot;

import io.hashslot.keyspace.ExpiryMode;
import io.hashslot.keyspace.Keys;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.keyspace.KeyspaceEvents;
import io.hashslot.memory.Memory;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * All entries of a keyspace as text: {@code db:key} → {@code expiry:value}, {@link ValueText} of
 * it. The caller holds all shards, or nobody writes.
 */
final class KeyspaceContents {
  private KeyspaceContents() {}

  static Map<String, String> of(Keyspace keyspace) {
    Map<String, String> contents = new TreeMap<>();
    Keys keys = keyspace.newKeys(KeyspaceEvents.NONE);
    for (int db = 0; db < keyspace.databases(); db++) {
      keys.begin(db, ExpiryMode.IGNORE);
      keys.held(keyspace.shards().all());
      keys.at(0);
      long cursor = 0;
      long turns = 0;
      do {
        if (++turns > 1_000_000) {
          throw new IllegalStateException("the walk has no end");
        }
        cursor =
            keys.scan(
                cursor,
                1000,
                (database, entry) -> {
                  contents.put(
                      database + ":" + text(Memory.bytes(entry.keyAddress(), entry.keyLength())),
                      entry.expireAtMs() + ":" + ValueText.of(entry.value()));
                });
      } while (cursor != 0);
    }
    return contents;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
