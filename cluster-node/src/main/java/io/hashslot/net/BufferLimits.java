package io.hashslot.net;

import io.hashslot.session.Session;
import org.jspecify.annotations.Nullable;

/** How much may wait in the buffers of a client, either way. */
public interface BufferLimits {
  /** Returns the limit of output of a client's class; {@code client-output-buffer-limit}. */
  Limit of(Session session);

  /** Returns how much input of one client may wait; {@code client-query-buffer-limit}. */
  long inputBytes();

  /** Notes that a client is disconnected because too much of its input waits. */
  void tooMuchInput();

  /** Notes that a client is disconnected because it does not take its output. */
  void tooMuchOutput();

  /** Returns the present time, in milliseconds of a monotonic clock. */
  long nowMs();

  /**
   * One class's limit; 0 switches a bound off.
   *
   * @param hardBytes closes the client at once
   * @param softBytes closes the client when it lasts for {@code softMs}
   * @param softMs how long the soft bound may be exceeded
   */
  record Limit(long hardBytes, long softBytes, long softMs) {
    boolean softExceeded(long pending) {
      return softBytes > 0 && pending > softBytes;
    }

    @Nullable String problem(long pending, long softSinceMs, long nowMs) {
      if (hardBytes > 0 && pending > hardBytes) {
        return "hard limit";
      }
      return softSinceMs > 0 && nowMs - softSinceMs > softMs ? "soft limit" : null;
    }
  }
}
