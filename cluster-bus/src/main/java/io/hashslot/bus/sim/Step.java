package io.hashslot.bus.sim;

/**
 * Something that happens at a moment of a history.
 *
 * @param atMs milliseconds after the cluster was formed
 * @param deed what
 * @param words to whom, how much
 */
public record Step(long atMs, Deed deed, String words) {
  /** Reads a line of a script. */
  static Step parse(String line) {
    String[] parts = line.strip().split("\\s+", 3);
    if (parts.length < 2) throw new IllegalArgumentException("no step: " + line);
    String words = parts.length > 2 ? parts[2] : "";
    return new Step(Long.parseLong(parts[0]), Deed.of(parts[1]), words);
  }

  void perform(SimCluster cluster) {
    deed.perform(cluster, new Words(words));
  }

  /** The line of a script. */
  @Override
  public String toString() {
    return (atMs + " " + deed.verb() + " " + words).stripTrailing();
  }
}
