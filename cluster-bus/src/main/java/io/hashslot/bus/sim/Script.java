package io.hashslot.bus.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A history as text: what the cluster is made of, the seed of its chance, and what happens when.
 *
 * <pre>
 *   # comments and empty lines are skipped
 *   cluster 3 1            primaries, replicas of each
 *   zones a b              one zone without this line
 *   timeout 2000           node timeout in ms; this is the default
 *   seed 17
 *   formed                 starts from files; without this line the machines meet
 *   lasts 40000            ms until all is repaired
 *   1200 crash p1          ms, verb and words: see {@link Fault} and {@link Work}
 * </pre>
 *
 * @param topology the machines
 * @param seed decides delays, losses, names, and what a crash leaves on a disk
 * @param formed whether the cluster starts from files
 * @param lastsMs milliseconds from the first moment until all is repaired
 * @param steps what happens, in ascending order
 */
public record Script(Topology topology, long seed, boolean formed, long lastsMs, List<Step> steps) {
  /** The list is not to be changed. */
  public Script {
    steps = List.copyOf(steps);
  }

  /** The same cluster with other steps. */
  Script with(List<Step> others) {
    return new Script(topology, seed, formed, lastsMs, others);
  }

  /** The same with another seed. */
  Script withSeed(long other) {
    return new Script(topology, other, formed, lastsMs, steps);
  }

  /**
   * Reads the text.
   *
   * @throws IllegalArgumentException if a line makes no sense
   */
  public static Script parse(String text) {
    Topology topology = Topology.of(3, 1);
    long seed = 1;
    boolean formed = false;
    long lastsMs = 40_000;
    var steps = new ArrayList<Step>();
    for (String line : text.lines().map(String::strip).toList()) {
      if (line.isEmpty() || line.startsWith("#")) continue;
      String[] words = line.split("\\s+");
      switch (words[0]) {
        case "cluster" ->
            topology =
                new Topology(
                    Integer.parseInt(words[1]),
                    Integer.parseInt(words[2]),
                    topology.zones(),
                    topology.nodeTimeoutMs());
        case "zones" -> topology = topology.inZones(Arrays.copyOfRange(words, 1, words.length));
        case "timeout" -> topology = topology.withNodeTimeoutMs(Long.parseLong(words[1]));
        case "seed" -> seed = Long.parseLong(words[1]);
        case "formed" -> formed = true;
        case "lasts" -> lastsMs = Long.parseLong(words[1]);
        default -> steps.add(Step.parse(line));
      }
    }
    return new Script(topology, seed, formed, lastsMs, steps);
  }

  /** The text. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    text.append("cluster %d %d%n".formatted(topology.primaries(), topology.replicasEach()));
    text.append("zones %s%n".formatted(String.join(" ", topology.zones())));
    text.append("timeout %d%n".formatted(topology.nodeTimeoutMs()));
    text.append("seed %d%n".formatted(seed));
    if (formed) text.append("formed%n".formatted());
    text.append("lasts %d%n".formatted(lastsMs));
    for (Step step : steps) text.append(step).append(System.lineSeparator());
    return text.toString();
  }
}
