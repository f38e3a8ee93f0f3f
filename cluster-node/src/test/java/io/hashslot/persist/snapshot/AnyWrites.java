package io.hashslot.persist.snapshot;

import io.hashslot.command.CommandKit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Commands of all sorts that change data, chosen at random, on a few keys: for each type of values
 * a big one, some of middle size and a few small ones; they are deleted, renamed, replaced and
 * moved as a whole now and then.
 */
final class AnyWrites {
  private static final String[] TYPES = {"set", "hash", "zset", "list", "stream", "long"};
  private static final int KEYS_OF_TYPE = 5;
  private static final int LONG_BYTES = 200_000;

  private final CommandKit kit;
  private final CommandKit.Client client;
  private final Random random;
  private final int bigSize;
  private long lastId = 1;

  AnyWrites(CommandKit kit, Random random, int bigSize) {
    this.kit = kit;
    this.random = random;
    this.bigSize = bigSize;
    client = kit.client();
  }

  /** Fills all keys. */
  void fill() {
    for (String type : TYPES) {
      for (int i = 0; i < KEYS_OF_TYPE; i++) {
        fill(type, type + i, i == 0 ? bigSize : i < 3 ? bigSize / 20 : 20);
      }
    }
    for (int i = 0; i < 200; i++) {
      run("SET", "string" + i, text());
    }
  }

  private void fill(String type, String key, int size) {
    if (type.equals("long")) {
      run("SET", key, longText());
      return;
    }
    List<String> words = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      if (words.isEmpty()) {
        words.add(addition(type));
        words.add(key);
      }
      switch (type) {
        case "set" -> words.add(element());
        case "hash" -> words.addAll(List.of(element(), text()));
        case "zset" -> words.addAll(List.of(score(), element()));
        case "list" -> words.add(text());
        default -> words.addAll(List.of(nextId(), "field", text(), "other", element()));
      }
      if (words.size() > 100 || type.equals("stream") || i == size - 1) {
        run(words.toArray(String[]::new));
        words.clear();
      }
    }
    if (type.equals("stream")) {
      run("XGROUP", "CREATE", key, "group", "0");
      run("XREADGROUP", "GROUP", "group", "one", "COUNT", "50", "STREAMS", key, ">");
      run("XREADGROUP", "GROUP", "group", "two", "COUNT", count(), "STREAMS", key, ">");
      run("XGROUP", "CREATE", key, "rare", "0");
      run("XREADGROUP", "GROUP", "rare", "one", "COUNT", count(), "STREAMS", key, ">");
    }
  }

  private static String addition(String type) {
    return switch (type) {
      case "set" -> "SADD";
      case "hash" -> "HSET";
      case "zset" -> "ZADD";
      case "list" -> "RPUSH";
      default -> "XADD";
    };
  }

  /** Runs one command. */
  void one() {
    if (random.nextInt(400) == 0) {
      whole();
      return;
    }
    String type = TYPES[random.nextInt(TYPES.length)];
    String key = key(type);
    switch (type) {
      case "set" -> set(key);
      case "hash" -> hash(key);
      case "zset" -> sortedSet(key);
      case "list" -> list(key);
      case "long" -> longString(key);
      default -> stream(key);
    }
  }

  private void set(String key) {
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> run("SADD", key, element(), element());
      case 3, 4 -> run("SREM", key, element(), element(), element());
      case 5 -> run("SPOP", key);
      case 6 -> run("SMOVE", key, key("set"), element());
      default -> run("SPOP", key, Integer.toString(random.nextInt(30)));
    }
  }

  private void hash(String key) {
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> run("HSET", key, element(), text());
      case 3, 4 -> run("HDEL", key, element(), element());
      case 5 -> run("HINCRBY", key, "n" + random.nextInt(50), "7");
      case 6 -> run("HSETNX", key, element(), text());
      default -> run("HSET", key, element(), "v", element(), "w", element(), text());
    }
  }

  private void sortedSet(String key) {
    String from = Integer.toString(random.nextInt(bigSize));
    switch (random.nextInt(9)) {
      case 0, 1, 2 -> run("ZADD", key, score(), element());
      case 3 -> run("ZREM", key, element(), element());
      case 4 -> run("ZINCRBY", key, "0.5", element());
      case 5 -> run("ZPOPMIN", key, Integer.toString(random.nextInt(9)));
      case 6 -> run("ZPOPMAX", key);
      case 7 ->
          run(
              "ZREMRANGEBYRANK",
              key,
              from,
              Integer.toString(Integer.parseInt(from) + random.nextInt(50)));
      default -> run("ZREMRANGEBYSCORE", key, "(5", "(5.01");
    }
  }

  private void list(String key) {
    String index = Integer.toString(random.nextInt(bigSize) - bigSize / 2);
    switch (random.nextInt(12)) {
      case 0, 1 -> run("LPUSH", key, text(), text());
      case 2, 3 -> run("RPUSH", key, text());
      case 4 -> run("LPOP", key, Integer.toString(1 + random.nextInt(300)));
      case 5 -> run("RPOP", key, Integer.toString(1 + random.nextInt(300)));
      case 6, 7 -> run("LSET", key, index, text());
      case 8 -> run("LINSERT", key, random.nextBoolean() ? "BEFORE" : "AFTER", element(), text());
      case 9 -> run("LREM", key, Integer.toString(random.nextInt(5) - 2), element());
      case 10 -> run("LMOVE", key, key("list"), "LEFT", "RIGHT");
      default -> run("RPUSH", key, element(), "x".repeat(random.nextInt(20) == 0 ? 9000 : 300));
    }
  }

  private void stream(String key) {
    if (random.nextInt(2) == 0) {
      group(key, random.nextInt(4) == 0 ? "rare" : "group");
      return;
    }
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3 -> run("XADD", key, nextId(), "field", text(), "other", element());
      case 4, 5 -> run("XDEL", key, oldId(), oldId(), oldId());
      case 6 -> run("XADD", key, "MAXLEN", "~", size(), nextId(), "odd", text());
      case 7 -> run("XTRIM", key, "MINID", random.nextBoolean() ? "~" : "=", oldId());
      case 8 -> run("XREADGROUP", "GROUP", "group", "two", "COUNT", "9", "STREAMS", key, ">");
      case 9 -> run("XACK", key, "group", oldId(), oldId());
      case 10 -> run("XCLAIM", key, "group", "three", "0", oldId());
      default -> run("XGROUP", "CREATE", key, "group", "$", "MKSTREAM");
    }
  }

  private void group(String key, String group) {
    String consumer = "consumer" + random.nextInt(5);
    switch (random.nextInt(24)) {
      case 0, 1, 2, 3, 4, 5 -> runOnIds(12, "XACK", key, group);
      case 6, 7 -> runOnIds(5, "XCLAIM", key, group, consumer, "0");
      case 8, 9, 10 -> {
        String now = Long.toString(kit.clock().wallMs());
        for (int i = random.nextInt(20); i >= 0; i--) {
          run("XCLAIM", key, group, consumer, "0", oldId(), "FORCE", "TIME", now);
        }
      }
      case 11, 12, 13 -> run("XAUTOCLAIM", key, group, consumer, "0", oldId(), "COUNT", "20");
      case 14, 15, 16, 17 ->
          run("XREADGROUP", "GROUP", group, consumer, "COUNT", "40", "STREAMS", key, ">");
      case 18 -> run("XGROUP", "SETID", key, group, oldId());
      case 19 -> run("XGROUP", "DELCONSUMER", key, group, consumer);
      case 20 -> run("XGROUP", "CREATECONSUMER", key, group, "consumer" + random.nextInt(50));
      case 21 -> {
        if (random.nextInt(4) == 0) {
          run("XGROUP", "DESTROY", key, group);
        }
      }
      default -> run("XGROUP", "CREATE", key, group, oldId());
    }
  }

  private void longString(String key) {
    String offset = Integer.toString(random.nextInt(LONG_BYTES * 5 / 4));
    String bit = Integer.toString(random.nextInt(LONG_BYTES * 8));
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> run("SETRANGE", key, offset, text());
      case 3, 4 -> run("SETBIT", key, bit, random.nextBoolean() ? "1" : "0");
      case 5 ->
          run("BITFIELD", key, "SET", "u8", bit, "65", "GET", "u8", "0", "INCRBY", "i16", "9", "1");
      case 6, 7 -> run("APPEND", key, text());
      case 8 -> run("BITOP", "NOT", key("long"), key);
      default -> run("SETRANGE", key, offset, "s".repeat(random.nextInt(LONG_BYTES / 2)));
    }
    if (random.nextInt(30) == 0) {
      run("SET", key, longText());
    }
  }

  /** Something that concerns a value as a whole, or many. */
  private void whole() {
    String type = TYPES[random.nextInt(TYPES.length)];
    String key = key(type);
    String other = key(type);
    switch (random.nextInt(16)) {
      case 0 -> run("DEL", key);
      case 1 -> run("UNLINK", key);
      case 2, 3 -> run("RENAME", key, other);
      case 4 -> run("SET", key, text());
      case 5 -> run("COPY", key, other, "REPLACE");
      case 6 -> run("PEXPIRE", key, Integer.toString(random.nextInt(100)));
      case 7 -> kit.clock().advanceMs(random.nextInt(100));
      case 8 -> run("PEXPIRE", key, "1000000");
      case 9 -> run("SUNIONSTORE", key("set"), key("set"), key("set"));
      case 10 -> run("ZUNIONSTORE", key("zset"), "2", key("zset"), key("zset"));
      case 11 -> run("SORT", key("list"), "ALPHA", "LIMIT", "0", "400", "STORE", key("list"));
      case 12 -> run("LTRIM", key("list"), Integer.toString(random.nextInt(bigSize)), "-50");
      case 13 -> run("SWAPDB", "0", "1");
      case 14 -> run(random.nextBoolean() ? "FLUSHALL" : "FLUSHDB", flushWay());
      default -> fill(type, key, bigSize / (1 + random.nextInt(20)));
    }
  }

  private String flushWay() {
    return random.nextBoolean() ? "ASYNC" : "SYNC";
  }

  private String key(String type) {
    return type + random.nextInt(KEYS_OF_TYPE);
  }

  /** One of as many elements as the biggest values have, twice over. */
  private String element() {
    int number = random.nextInt(bigSize * 2);
    return number % 3 == 0 ? Integer.toString(number) : "an element of some length " + number;
  }

  private String text() {
    return random.nextInt(4) == 0 ? element() : "t".repeat(random.nextInt(60));
  }

  /** So long that it is taken in pieces, as a rule; of some lengths more often than of others. */
  private String longText() {
    return ("l" + random.nextInt(100)).repeat(LONG_BYTES / 3 * (1 + random.nextInt(3)) / 3);
  }

  private String score() {
    return Double.toString(random.nextInt(1000) / 100.0);
  }

  private String size() {
    return Integer.toString(random.nextInt(bigSize));
  }

  private String nextId() {
    lastId += 1 + random.nextInt(3);
    return lastId + "-" + random.nextInt(3);
  }

  private String count() {
    return Integer.toString(1 + random.nextInt(bigSize));
  }

  private String oldId() {
    return random.nextLong(lastId + 1) + "-" + random.nextInt(3);
  }

  private void runOnIds(int most, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    for (int i = random.nextInt(most); i >= 0; i--) {
      all.add(oldId());
    }
    run(all.toArray(String[]::new));
  }

  private void run(String... words) {
    client.run(words);
  }
}
