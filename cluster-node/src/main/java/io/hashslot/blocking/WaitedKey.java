package io.hashslot.blocking;

import io.hashslot.keyspace.Key;
import java.nio.charset.StandardCharsets;

/**
 * A key of a database that somebody waits for.
 *
 * @param database its database
 * @param name its bytes, a character each
 * @param bucket its place in the filter of {@link Waiters}
 * @param shardMask the shard it lives in, as a bit mask
 */
public record WaitedKey(int database, String name, int bucket, long shardMask) {
  static WaitedKey of(int database, Key key) {
    String name = new String(key.bytes(), StandardCharsets.ISO_8859_1);
    return new WaitedKey(database, name, Waiters.bucket(key), key.shardMask());
  }

  /** Returns the key's bytes. */
  public byte[] bytes() {
    return name.getBytes(StandardCharsets.ISO_8859_1);
  }
}
