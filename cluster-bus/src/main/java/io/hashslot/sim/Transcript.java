package io.hashslot.sim;

import java.util.ArrayDeque;
import java.util.zip.CRC32C;

/**
 * The story of a run, one line for each thing worth telling, for people; and a digest of everything
 * that happened, for comparing two runs byte by byte. Only the last lines are kept. A silent one
 * keeps nothing, for runs that are too big to be told.
 */
public final class Transcript {
  private static final int LINES_KEPT = 3_000;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final EventQueue queue;
  private final boolean silent;
  private final ArrayDeque<String> lines = new ArrayDeque<>();
  private final CRC32C sum = new CRC32C();
  private long dropped;
  private long digest = 0xcbf29ce484222325L;

  /**
   * An empty transcript that tells times of this queue.
   *
   * @param silent whether it drops everything
   */
  public Transcript(EventQueue queue, boolean silent) {
    this.queue = queue;
    this.silent = silent;
  }

  /** Whether nothing is kept; then nobody needs to put words together. */
  public boolean silent() {
    return silent;
  }

  /** Adds a line. */
  public void tell(String who, String what) {
    if (silent) return;
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
    if (silent) return;
    sum.reset();
    sum.update(bytes, 0, bytes.length);
    mix(queue.nowUs());
    mix(sum.getValue());
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
