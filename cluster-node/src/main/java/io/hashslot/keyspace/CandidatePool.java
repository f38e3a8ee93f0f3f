package io.hashslot.keyspace;

import io.hashslot.memory.Memory;

/**
 * The best victims that samples have shown so far: copies of their keys with a score, the higher
 * the better. As many as Redis keeps.
 */
final class CandidatePool {
  static final int NONE = -1;

  private static final int SIZE = 16;
  private static final int USUAL_KEY_BYTES = 64;

  private final long[] scores = new long[SIZE];
  private final int[] databases = new int[SIZE];
  private final int[] clocks = new int[SIZE];
  private final long[] keys = new long[SIZE];
  private final int[] lengths = new int[SIZE];
  private final int[] capacities = new int[SIZE];
  private int count;

  int count() {
    return count;
  }

  void clear() {
    count = 0;
  }

  /** Offers an entry: kept if there is room, or in place of the worst one, if that is worse. */
  void offer(int database, long entry, long score) {
    int length = Entry.keyLength(entry);
    long key = Entry.keyAddress(entry);
    int place = count < SIZE ? count : worst();
    if (count == SIZE && scores[place] >= score || knows(database, key, length)) {
      return;
    }
    if (capacities[place] < length) {
      Memory.free(keys[place]);
      capacities[place] = Math.max(length, USUAL_KEY_BYTES);
      keys[place] = Memory.allocate(capacities[place]);
    }
    Memory.copy(key, keys[place], length);
    lengths[place] = length;
    databases[place] = database;
    clocks[place] = Entry.clock(entry);
    scores[place] = score;
    count = Math.max(count, place + 1);
  }

  private boolean knows(int database, long key, int length) {
    for (int i = 0; i < count; i++) {
      if (databases[i] == database && lengths[i] == length && Memory.equal(keys[i], key, length)) {
        return true;
      }
    }
    return false;
  }

  private int worst() {
    int worst = 0;
    for (int i = 1; i < count; i++) {
      worst = scores[i] < scores[worst] ? i : worst;
    }
    return worst;
  }

  /** The best candidate whose bit is not set in {@code except}, or {@link #NONE}. */
  int best(int except) {
    int best = NONE;
    for (int i = 0; i < count; i++) {
      if ((except & 1 << i) == 0 && (best == NONE || scores[i] > scores[best])) {
        best = i;
      }
    }
    return best;
  }

  long key(int i) {
    return keys[i];
  }

  int keyLength(int i) {
    return lengths[i];
  }

  int database(int i) {
    return databases[i];
  }

  /** The access clock as it was when the entry was offered. */
  int clock(int i) {
    return clocks[i];
  }

  /** Takes a candidate out; the last one takes its place. */
  void remove(int i) {
    int last = --count;
    long key = keys[i];
    int capacity = capacities[i];
    keys[i] = keys[last];
    capacities[i] = capacities[last];
    lengths[i] = lengths[last];
    databases[i] = databases[last];
    clocks[i] = clocks[last];
    scores[i] = scores[last];
    keys[last] = key;
    capacities[last] = capacity;
  }

  void close() {
    for (int i = 0; i < SIZE; i++) {
      Memory.free(keys[i]);
      keys[i] = 0;
      capacities[i] = 0;
    }
    count = 0;
  }
}
