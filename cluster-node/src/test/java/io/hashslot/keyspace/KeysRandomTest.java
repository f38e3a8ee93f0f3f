package io.hashslot.keyspace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.memory.CheckingArena;
import io.hashslot.memory.Memory;
import io.hashslot.value.StringValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A long random run of the whole interface against a plain Java model. */
class KeysRandomTest {
  private static final int STEPS = 60_000;
  private static final int KEYS = 400;

  private record Held(String text, long expireAtMs) {}

  private final long buffer = Memory.allocate(1 << 20);
  private final Map<String, Held> model = new HashMap<>();
  private long nowMs = 1_000_000;

  @ParameterizedTest
  @CsvSource({"1,false", "64,false", "4,true"})
  void behavesLikeAMapWithExpiry(int shards, boolean cluster) {
    long seed = 42;
    Keyspace keyspace =
        new Keyspace(new KeyspaceSettings(shards, 2, cluster, 7, CheckingArena::new));
    Keys keys = keyspace.newKeys(KeyspaceEvents.NONE);
    Random random = new Random(seed);
    for (int step = 0; step < STEPS; step++) {
      nowMs += random.nextInt(5);
      keys.begin(0, ExpiryMode.DELETE);
      keys.at(nowMs);
      step(keys, random);
      if (step % 1000 == 0) {
        model.values().removeIf(held -> held.expireAtMs >= 0 && nowMs > held.expireAtMs);
        check(keys);
        assertThat(keyspace.size(0)).as("seed %d, step %d", seed, step).isEqualTo(model.size());
      }
    }
    keyspace.flush(0, true);
    assertThat(keyspace.usedBytes()).isZero();
    keyspace.close();
  }

  private void step(Keys keys, Random random) {
    String name = name(random.nextInt(KEYS));
    Key key = key(keys, name, 0);
    Held held = live(name);
    switch (random.nextInt(9)) {
      case 0, 1, 2 -> {
        String text = text(random);
        long expireAtMs =
            random.nextInt(3) == 0
                ? nowMs + random.nextInt(3000)
                : random.nextBoolean() ? Keys.NO_EXPIRY : Keys.KEEP_EXPIRY;
        keys.put(key, write(text, 500), text.length(), expireAtMs);
        long kept = held == null ? Keys.NO_EXPIRY : held.expireAtMs;
        model.put(name, new Held(text, expireAtMs == Keys.KEEP_EXPIRY ? kept : expireAtMs));
      }
      case 3 -> {
        assertThat(keys.remove(key)).isEqualTo(held != null);
        model.remove(name);
      }
      case 4 -> {
        String text = text(random);
        keys.append(key, write(text, 500), text.length());
        model.put(
            name,
            held == null
                ? new Held(text, Keys.NO_EXPIRY)
                : new Held(held.text + text, held.expireAtMs));
        if (model.get(name).text.length() > 20_000) {
          keys.remove(key);
          model.remove(name);
        }
      }
      case 5 -> {
        long expireAtMs = random.nextBoolean() ? Keys.NO_EXPIRY : nowMs + random.nextInt(2000);
        assertThat(keys.expireAt(key, expireAtMs)).isEqualTo(held != null);
        model.computeIfPresent(name, (_, old) -> new Held(old.text, expireAtMs));
      }
      case 6 -> {
        int length = random.nextInt(3000);
        keys.edit(key, length);
        String old = held == null ? "" : held.text;
        String filled = old + "\0".repeat(Math.max(0, length - old.length()));
        model.put(name, new Held(filled, held == null ? Keys.NO_EXPIRY : held.expireAtMs));
      }
      case 7 -> {
        String target = name(random.nextInt(KEYS));
        Key to = key(keys, target, 5000);
        boolean copy = random.nextBoolean();
        assertThat(copy && !target.equals(name) ? keys.copy(key, to, 0) : keys.rename(key, to))
            .isEqualTo(held != null);
        if (held != null) {
          if (!copy) {
            model.remove(name);
          }
          model.put(target, held);
        }
      }
      default -> assertSame(keys, key, held);
    }
  }

  private void check(Keys keys) {
    for (int i = 0; i < KEYS; i++) {
      assertSame(keys, key(keys, name(i), 0), live(name(i)));
    }
  }

  private void assertSame(Keys keys, Key key, Held held) {
    StringValue value = keys.string(key);
    if (held == null) {
      assertThat(value).isNull();
      assertThat(keys.expireAtMs(key)).isEqualTo(Keys.NO_KEY);
    } else {
      assertThat(value).isNotNull();
      assertThat(new String(value.bytes(), ISO_8859_1)).isEqualTo(held.text);
      assertThat(keys.expireAtMs(key)).isEqualTo(held.expireAtMs);
    }
  }

  private Held live(String name) {
    Held held = model.get(name);
    if (held != null && held.expireAtMs >= 0 && nowMs > held.expireAtMs) {
      model.remove(name);
      return null;
    }
    return held;
  }

  private static String name(int i) {
    return i % 10 == 0 ? "{tag}" + "long".repeat(80) + i : "key:" + i;
  }

  private static String text(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> Long.toString(random.nextLong());
      case 1 -> "x".repeat(random.nextInt(5000));
      case 2 -> "";
      default -> "v".repeat(random.nextInt(60));
    };
  }

  private Key key(Keys keys, String name, int offset) {
    return keys.key(write(name, offset), name.length(), -1);
  }

  private long write(String text, int offset) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    Memory.copy(bytes, 0, buffer + offset, bytes.length);
    return buffer + offset;
  }
}
