package io.hashslot.bus.sim;

import io.hashslot.sim.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One cluster's life under faults: first everything may break, and the {@link Invariants} must hold
 * at every moment; then all is repaired, and the cluster must become whole by itself; then a
 * primary dies, and must be replaced in time. A history is drawn from a seed, or follows a script;
 * a drawn one writes down its script, and following that gives the same history again.
 */
public final class History {
  private static final long DRAWN_MS = 40_000;
  private static final long MAX_CALM_MS = 2_500;
  private static final long WRITE_US = 25_000;

  /**
   * How a history ended.
   *
   * @param script what happened
   * @param mix what it was drawn from; empty if it followed a script
   * @param violation what went wrong, null if nothing did
   * @param digest equal for two histories in which the very same happened
   * @param epochsWonTwice how many epochs had two winners, because a seat that had changed hands
   *     voted twice; that is no violation
   * @param failoverMs how long it took at its end to replace a primary; -1 if it did not come to it
   * @param story the transcript
   */
  public record Outcome(
      Script script,
      String mix,
      @Nullable Violation violation,
      long digest,
      int epochsWonTwice,
      long failoverMs,
      String story) {}

  private final SimCluster cluster;
  private final Script script;
  private final @Nullable Mix mix;
  private final RandomGenerator random;
  private final RandomGenerator clients;
  private final List<Step> steps = new ArrayList<>();
  private final @Nullable EffectFilter driver;
  private long failoverMs = -1;

  private History(Script script, @Nullable Mix mix, @Nullable EffectFilter driver) {
    this.script = script;
    this.mix = mix;
    this.driver = driver;
    cluster = SimCluster.of(script.topology(), script.seed(), true, true);
    random = Seeds.generator(~script.seed());
    clients = Seeds.generator(script.seed() ^ 0xC11E47);
  }

  /**
   * Lives through the history of a seed.
   *
   * @param driver what a broken driver does to each effect; null for a sound one
   */
  public static Outcome drawn(long seed, @Nullable EffectFilter driver) {
    RandomGenerator random = Seeds.generator(seed ^ 0x70B01061);
    int primaries = random.nextInt(5) == 0 ? 5 : 3;
    int replicas = random.nextInt(4) == 0 ? 2 : 1;
    Topology topology = Topology.of(primaries, replicas);
    if (random.nextInt(3) == 0) topology = topology.inZones("a", "b", "c");
    var script = new Script(topology, seed, random.nextInt(4) > 0, DRAWN_MS, List.of());
    return new History(script, Mix.drawn(random), driver).live();
  }

  /** Lives through a history that is written down. */
  public static Outcome scripted(Script script, @Nullable EffectFilter driver) {
    return new History(script, null, driver).live();
  }

  private Outcome live() {
    Violation violation = null;
    try {
      form();
      long startMs = cluster.queue().nowMs();
      if (mix == null) follow(startMs);
      else draw(startMs, mix);
      aftermath();
    } catch (Violation broken) {
      violation = broken;
    } catch (RuntimeException broken) {
      violation = new Violation("NoException", broken.toString());
      violation.initCause(broken);
    }
    return new Outcome(
        script.with(steps),
        mix == null ? "" : mix.toString(),
        violation,
        cluster.transcript().digest(),
        cluster.ballots().epochsWonTwice(),
        failoverMs,
        cluster.transcript().toString());
  }

  private void form() {
    if (script.formed()) {
      cluster.startFormed();
      cluster.converges();
    } else {
      cluster.form();
    }
    if (driver != null) cluster.nodes().forEach(node -> node.breakDriver(driver));
    cluster.transcript().tell("", "trouble begins: " + (mix == null ? "a script" : mix));
    write();
  }

  /** Clients write all the time. */
  private void write() {
    for (SimNode node : cluster.nodes()) node.write(clients.nextInt(20));
    cluster.queue().after(WRITE_US, this::write);
  }

  private void draw(long startMs, Mix mix) {
    long endMs = startMs + script.lastsMs();
    while (cluster.queue().nowMs() < endMs) {
      Step step = mix.draw(cluster, cluster.queue().nowMs() - startMs, random);
      if (step != null) perform(step);
      cluster.passesMs(Math.min(random.nextLong(MAX_CALM_MS), endMs - cluster.queue().nowMs()));
    }
  }

  private void follow(long startMs) {
    for (Step step : script.steps()) {
      cluster.passesMs(Math.max(0, startMs + step.atMs() - cluster.queue().nowMs()));
      perform(step);
    }
    cluster.passesMs(Math.max(0, startMs + script.lastsMs() - cluster.queue().nowMs()));
  }

  private void perform(Step step) {
    steps.add(step);
    step.perform(cluster);
  }

  /** All is repaired; what must become true then. */
  private void aftermath() {
    cluster.repair();
    new Recovery(cluster).becomesWhole();
    cluster.passesTimeouts(2);
    cluster.converges();
    failoverMs = new Recovery(cluster).replacesAPrimary(Seeds.generator(script.seed() ^ 0xDEAD));
  }
}
