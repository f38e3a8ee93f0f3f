package io.hashslot.command.server;

import io.hashslot.keyspace.Entry;
import io.hashslot.keyspace.ExpiryMode;
import io.hashslot.keyspace.Keys;
import io.hashslot.resp.DoubleText;
import io.hashslot.value.HashValue;
import io.hashslot.value.Kind;
import io.hashslot.value.ListSide;
import io.hashslot.value.ListValue;
import io.hashslot.value.SetValue;
import io.hashslot.value.SortedSetValue;
import io.hashslot.value.StreamEntries;
import io.hashslot.value.StreamValue;
import io.hashslot.value.StringValue;
import io.hashslot.value.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A fingerprint of data that does not depend on the order in which it is seen, for comparing
 * servers: {@code DEBUG DIGEST}. The scheme is that of Redis, checked against Valkey 8.0.1: parts
 * whose order does not matter are joined by exclusive or of their SHA-1, parts that follow each
 * other are hashed into what was there.
 */
public final class DataDigest {
  private static final int LENGTH = 20;

  private static final byte[] EXPIRES = "!!expire!!".getBytes(StandardCharsets.ISO_8859_1);

  private final MessageDigest sha1 = sha1();
  private final byte[] whole = new byte[LENGTH];
  private final byte[] one = new byte[LENGTH];

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-1", missing);
    }
  }

  private DataDigest() {}

  /**
   * Returns the digest of all databases, in hexadecimal digits. All shards must have been entered;
   * no database is chosen afterwards.
   */
  public static String of(Keys keys) {
    DataDigest digest = new DataDigest();
    for (int database = 0; database < keys.keyspace().databases(); database++) {
      if (keys.keyspace().size(database) == 0) {
        continue;
      }
      digest.database(database);
      keys.begin(database, ExpiryMode.IGNORE);
      long cursor = 0;
      do {
        cursor = keys.scan(cursor, 1024, (_, entry) -> digest.entry(entry));
      } while (cursor != 0);
    }
    return digest.text();
  }

  /** A database that has keys follows. */
  private void database(int index) {
    mix(whole, number(index));
  }

  /** An entry of the database. */
  private void entry(Entry entry) {
    java.util.Arrays.fill(one, (byte) 0);
    byte[] key = new byte[entry.keyLength()];
    for (int i = 0; i < key.length; i++) {
      key[i] = org.agrona.UnsafeApi.getByte(entry.keyAddress() + i);
    }
    mix(one, key);
    value(one, entry.value(), entry.expireAtMs() >= 0);
    xor(whole, one);
  }

  /** Returns the digest of all that was shown, in hexadecimal digits. */
  private String text() {
    return HexFormat.of().formatHex(whole);
  }

  /** Returns the digest of a single value, in hexadecimal digits. */
  static String of(Value value, boolean expires) {
    DataDigest digest = new DataDigest();
    digest.value(digest.whole, value, expires);
    return digest.text();
  }

  private void value(byte[] into, Value value, boolean expires) {
    switch (value) {
      case StringValue text -> {
        mix(into, number(0));
        mix(into, text.bytes());
      }
      case ListValue list -> list(into, list);
      case SortedSetValue sorted -> sortedSet(into, sorted);
      case SetValue set -> set(into, set);
      case HashValue hash -> hash(into, hash);
      case StreamValue stream -> stream(into, stream);
    }
    if (expires) {
      xor(into, EXPIRES);
    }
  }

  /** Elements follow each other. */
  private void list(byte[] into, ListValue list) {
    mix(into, number(1));
    for (boolean more = list.seek(0); more; more = list.next(ListSide.LEFT)) {
      mix(into, list.element().bytes());
    }
  }

  private void set(byte[] into, SetValue set) {
    mix(into, number(Kind.SET.ordinal()));
    set.each(
        member -> {
          xor(into, member.bytes());
          return true;
        });
  }

  private void sortedSet(byte[] into, SortedSetValue value) {
    mix(into, number(3));
    byte[] element = new byte[LENGTH];
    value.select(0);
    do {
      java.util.Arrays.fill(element, (byte) 0);
      mix(element, value.member().bytes());
      mix(element, DoubleText.shortestText(value.score()).getBytes(StandardCharsets.ISO_8859_1));
      xor(into, element);
    } while (value.next());
  }

  /** Ids and fields of all entries; groups do not count. */
  private void stream(byte[] into, StreamValue stream) {
    mix(into, number(6));
    StreamEntries entries = stream.walk().all(stream);
    while (entries.next()) {
      String id =
          Long.toUnsignedString(entries.ms()) + "." + Long.toUnsignedString(entries.sequence());
      mix(into, id.getBytes(StandardCharsets.ISO_8859_1));
      for (int i = entries.fieldCount(); i > 0; i--) {
        entries.nextField();
        mix(into, entries.fieldName().bytes());
        mix(into, entries.fieldValue().bytes());
      }
    }
  }

  private void hash(byte[] into, HashValue hash) {
    mix(into, number(4));
    hash.forEach(
        (field, text) -> {
          byte[] pair = new byte[LENGTH];
          mix(pair, field.bytes());
          mix(pair, text.bytes());
          xor(into, pair);
        });
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  private void xor(byte[] into, byte[] part) {
    byte[] hash = sha1.digest(part);
    for (int i = 0; i < LENGTH; i++) {
      into[i] ^= hash[i];
    }
  }

  private void mix(byte[] into, byte[] part) {
    xor(into, part);
    System.arraycopy(sha1.digest(into), 0, into, 0, LENGTH);
  }
}
