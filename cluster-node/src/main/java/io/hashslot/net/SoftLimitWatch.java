package io.hashslot.net;

/** Since when a client has been over the soft limit of its output. */
final class SoftLimitWatch {
  private long sinceMs;

  /**
   * Notes how much output is pending now.
   *
   * @param nowMs the time of {@link BufferLimits#nowMs}
   * @return the time since when it has been too much, or 0 if it is not
   */
  long since(BufferLimits.Limit limit, long pendingBytes, long nowMs) {
    if (!limit.softExceeded(pendingBytes)) {
      sinceMs = 0;
    } else if (sinceMs == 0) {
      sinceMs = nowMs;
    }
    return sinceMs;
  }

  /** Notes that nothing is pending now. */
  void drained() {
    sinceMs = 0;
  }
}
