package io.hashslot.persist.snapshot;

import io.hashslot.time.Clock;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the loading of data has come: a snapshot or the append-only files at the start, a
 * primary's snapshot later. One per server, since it loads one thing at a time. The loading thread
 * writes, any thread reads; what is read together may be a moment apart.
 */
public final class LoadingProgress {
  private static final Logger LOG = LoggerFactory.getLogger(LoadingProgress.class);

  /** How often the log is told. */
  private static final long LOG_EVERY_NS = 2_000_000_000L;

  /** How soon it is seen while waiting that there is no need to any more. */
  private static final long GLANCE_NS = 20_000_000;

  private final Clock clock;
  private volatile long startMs;
  private volatile long totalBytes;
  private volatile long loadedBytes;
  private volatile long usedMemoryBytes;
  private long partOffset;
  private volatile boolean cancelled;
  private volatile long keyDelayUs;
  private long loggedNs;

  /** Nothing is being loaded yet. */
  public LoadingProgress(Clock clock) {
    this.clock = clock;
  }

  /**
   * Loading begins.
   *
   * @param total bytes of all that is to be read, 0 if that is not known
   */
  public void begin(long total) {
    partOffset = 0;
    loadedBytes = 0;
    totalBytes = total;
    usedMemoryBytes = 0;
    startMs = clock.wallMs();
    loggedNs = clock.monotonicNs();
  }

  /** What the snapshot says of the memory that its data took; for INFO. */
  public void usedMemory(long bytes) {
    usedMemoryBytes = bytes;
  }

  /** The next of several files begins: so many bytes were before it. */
  public void partFrom(long offset) {
    partOffset = offset;
  }

  /**
   * So many bytes of this file have been read.
   *
   * @throws CancellationException if the server is about to end
   */
  public void advancedTo(long bytes) {
    if (cancelled) {
      throw new CancellationException("loading was given up: the server ends");
    }
    long loaded = partOffset + bytes;
    loadedBytes = loaded;
    long nowNs = clock.monotonicNs();
    if (nowNs - loggedNs >= LOG_EVERY_NS) {
      loggedNs = nowNs;
      LOG.info(
          "Loading: {} of {} MB, {} %, about {} s to go",
          loaded >> 20,
          totalBytes == 0 ? "?" : totalBytes >> 20,
          String.format(Locale.ROOT, "%.1f", percent()),
          etaSeconds());
    }
  }

  /**
   * A key, or a command, has been read: for tests this may take a while, {@code key-load-delay}.
   *
   * @param bytes of this file read so far
   */
  public void keyRead(long bytes) {
    if (keyDelayUs > 0) {
      long fromNs = clock.monotonicNs();
      do {
        advancedTo(bytes);
        LockSupport.parkNanos(Math.min(keyDelayUs * 1000, GLANCE_NS));
      } while (clock.monotonicNs() - fromNs < keyDelayUs * 1000);
    }
  }

  /** Sets how long to wait after each key, in microseconds. Any thread, any time. */
  public void keyDelay(long microseconds) {
    keyDelayUs = microseconds;
  }

  /** Lets what is being loaded, and all that would be loaded later, end with an exception. */
  public void cancel() {
    cancelled = true;
  }

  /** Unix time in seconds at which the loading under way has begun. */
  public long startSeconds() {
    return startMs / 1000;
  }

  /** Bytes to load, 0 if unknown. */
  public long totalBytes() {
    return totalBytes;
  }

  /** Bytes loaded so far. */
  public long loadedBytes() {
    return loadedBytes;
  }

  /** Bytes of memory that the data took where it was saved, 0 if unknown. */
  public long usedMemoryBytes() {
    return usedMemoryBytes;
  }

  /** Loaded part in percent; 0 while the total is unknown. */
  public double percent() {
    long total = totalBytes;
    return total == 0 ? 0 : 100.0 * loadedBytes / total;
  }

  /** Seconds that the rest will take at the pace so far; in the first second 1, as in Redis. */
  public long etaSeconds() {
    long elapsed = clock.wallMs() / 1000 - startSeconds();
    long loaded = loadedBytes;
    long left = Math.max(1, totalBytes - loaded);
    return elapsed <= 0 ? 1 : (long) ((double) elapsed * left / (loaded + 1));
  }
}
