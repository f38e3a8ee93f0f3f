package io.hashslot.persist.snapshot;

import io.hashslot.keyspace.Key;
import io.hashslot.keyspace.Keys;
import io.hashslot.memory.Memory;
import io.hashslot.value.HashValue;
import io.hashslot.value.ListSide;
import io.hashslot.value.ListValue;
import io.hashslot.value.SetValue;
import io.hashslot.value.SortedSetValue;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Changes of big collections at random, by one thread: many elements are added, changed or removed
 * at a time. The shard of the key is held.
 */
final class CollectionWrites {
  private static final int ELEMENTS = Integer.getInteger("snapshot.elements", 5_000);
  private static final String[] TYPES = {"set", "hash", "zset", "list"};

  private final Random random;
  private final long element = Memory.allocate(64);
  private final long other = Memory.allocate(64);

  CollectionWrites(Random random) {
    this.random = random;
  }

  /** Names a key that is used here. */
  byte[] key() {
    return (TYPES[random.nextInt(TYPES.length)] + random.nextInt(4))
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Changes the value of a key that {@link #key} has named. */
  void change(Keys keys, Key key) {
    if (random.nextInt(200) == 0) {
      keys.remove(key);
      return;
    }
    int count = 1 + random.nextInt(40);
    switch ((char) Memory.getByte(key.address())) {
      case 's' -> set(keys.values().setOrNew(key), count);
      case 'h' -> hash(keys.values().hashOrNew(key), count);
      case 'z' -> sortedSet(keys.values().sortedSetOrNew(key), count);
      default -> list(keys.values().listOrNew(key), count);
    }
    keys.values().removeIfEmpty(key);
  }

  private void set(SetValue set, int count) {
    boolean add = random.nextInt(5) > 1;
    for (int i = 0; i < count; i++) {
      int length = put(element);
      boolean _ = add ? set.add(element, length) : set.remove(element, length);
    }
  }

  private void hash(HashValue hash, int count) {
    boolean add = random.nextInt(5) > 1;
    for (int i = 0; i < count; i++) {
      int length = put(element);
      boolean _ = add ? hash.put(element, length, other, put(other)) : hash.remove(element, length);
    }
  }

  private void sortedSet(SortedSetValue sorted, int count) {
    boolean add = random.nextInt(5) > 1;
    for (int i = 0; i < count; i++) {
      int length = put(element);
      if (add) {
        sorted.put(random.nextInt(100), element, length);
      } else {
        boolean _ = sorted.remove(element, length);
      }
    }
    if (random.nextInt(20) == 0 && sorted.size() > 100) {
      sorted.removeRange(random.nextLong(sorted.size() - 50), 50);
    }
  }

  private void list(ListValue list, int count) {
    ListSide side = random.nextBoolean() ? ListSide.LEFT : ListSide.RIGHT;
    if (list.size() > ELEMENTS) {
      list.removeAt(side, list.size() / 3);
      list.shrink();
      return;
    }
    for (int i = 0; i < count * 4; i++) {
      int length = put(element);
      list.expect(length, 1);
      list.push(side, element, length);
    }
    if (list.seek(random.nextLong(list.size()))) {
      int length = put(element);
      list.expect(length, 1);
      boolean there = list.seek(random.nextLong(list.size()));
      if (there && random.nextBoolean()) {
        list.replace(element, length);
      } else if (there) {
        list.insert(random.nextBoolean(), element, length);
      }
    }
  }

  private int put(long memory) {
    int number = random.nextInt(ELEMENTS);
    String text = number % 3 == 0 ? Integer.toString(number) : "an element of some bytes " + number;
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    Memory.copy(bytes, 0, memory, bytes.length);
    return bytes.length;
  }

  void close() {
    Memory.free(element);
    Memory.free(other);
  }
}
