package io.hashslot.sim;

import java.util.ArrayDeque;

/**
 * The story of a run, one line for each thing worth telling, for people; and a digest of everything
 * that happened, for comparing two runs byte by byte. Only the last lines are kept.
 */
public final class Transcript {
  private static final int LINES_KEPT = 3_000;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final EventQueue queue;
  private final ArrayDeque<String> lines = new ArrayDeque<>();
  private long dropped;
  private long digest = 0xcbf29ce484222325L;

  /** An empty transcript that tells times of this queue. */
  public Transcript(EventQueue queue) {
    this.queue = queue;
  }

  /** Adds a line. */
  public void tell(String who, String what) {
    long ms = queue.nowMs();
    String line = " t=%d.%03ds  %-4s %s".formatted(ms / 1000, ms % 1000, who, what);
    lines.add(line);
    for (int i = 0; i < line.length(); i++) mix(line.charAt(i));
    if (lines.size() > LINES_KEPT) {
      lines.remove();
      dropped++;
    }
  }

  /** Something happened that is not worth a line: it only counts for the digest. */
  public void witness(byte[] bytes) {
    mix(queue.nowUs());
    for (byte b : bytes) mix(b);
  }

  private void mix(long value) {
    digest = (digest ^ value) * FNV_PRIME;
  }

  /** Equal for two runs in which the very same happened. */
  public long digest() {
    return digest;
  }

  /** The story. */
  @Override
  public String toString() {
    String head = dropped > 0 ? " (" + dropped + " lines before)\n" : "";
    return head + String.join("\n", lines) + "\n";
  }
}
