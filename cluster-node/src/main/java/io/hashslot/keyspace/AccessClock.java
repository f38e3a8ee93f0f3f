package io.hashslot.keyspace;

/**
 * How accesses are remembered in the 24 bits that each entry has for it, as Redis does: either when
 * it was last used (LRU), or how often (LFU: 16 bits of minutes and a logarithmic counter of 8
 * bits).
 */
public final class AccessClock {
  private static final int BITS = 0xFFFFFF;
  private static final int NEW_COUNTER = 5;

  private volatile boolean lfu;
  private volatile int logFactor = 10;
  private volatile int decayMinutes = 1;

  AccessClock() {}

  /** Chooses between LFU and LRU; follows maxmemory-policy. */
  public void lfu(boolean on) {
    lfu = on;
  }

  /** Whether frequency is tracked rather than recency. */
  public boolean lfu() {
    return lfu;
  }

  /** Sets lfu-log-factor. */
  public void logFactor(int factor) {
    logFactor = factor;
  }

  /** Sets lfu-decay-time; 0 means no decay. */
  public void decayMinutes(int minutes) {
    decayMinutes = minutes;
  }

  /** The bits of a new entry. */
  int fresh(long nowMs) {
    return lfu ? minutes(nowMs) << 8 | NEW_COUNTER : seconds(nowMs);
  }

  /** The bits after one more access; {@code random} must be 64 random bits. */
  int touched(int clock, long nowMs, long random) {
    if (!lfu) {
      return seconds(nowMs);
    }
    int counter = frequency(clock, nowMs);
    if (counter < 255) {
      double excess = Math.max(counter - NEW_COUNTER, 0);
      if ((random >>> 11) * 0x1.0p-53 < 1.0 / (excess * logFactor + 1)) {
        counter++;
      }
    }
    return minutes(nowMs) << 8 | counter;
  }

  /** Seconds since the last access (OBJECT IDLETIME). */
  public long idleSeconds(int clock, long nowMs) {
    return seconds(nowMs) - clock & BITS;
  }

  /** The counter after decay, 0 to 255 (OBJECT FREQ). */
  public int frequency(int clock, long nowMs) {
    int counter = clock & 0xFF;
    int decay = decayMinutes;
    int periods = decay == 0 ? 0 : (minutes(nowMs) - (clock >>> 8) & 0xFFFF) / decay;
    return Math.max(counter - periods, 0);
  }

  /** The bits of an entry that was last used so many seconds ago (RESTORE IDLETIME). */
  int idleFor(long seconds, long nowMs) {
    return (int) (seconds(nowMs) - seconds & BITS);
  }

  /** The bits of an entry with this counter (RESTORE FREQ). */
  int frequencyOf(int counter, long nowMs) {
    return minutes(nowMs) << 8 | counter;
  }

  private static int seconds(long nowMs) {
    return (int) (nowMs / 1000 & BITS);
  }

  private static int minutes(long nowMs) {
    return (int) (nowMs / 60_000 & 0xFFFF);
  }
}
