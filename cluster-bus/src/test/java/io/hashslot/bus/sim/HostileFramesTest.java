package io.hashslot.bus.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.core.ClusterConfig;
import io.hashslot.bus.core.ClusterCore;
import io.hashslot.bus.core.ClusterRequest.Failover;
import io.hashslot.bus.core.ClusterRequest.FailoverMode;
import io.hashslot.bus.core.ClusterView;
import io.hashslot.bus.core.DurableState;
import io.hashslot.bus.core.Effect;
import io.hashslot.bus.core.Effects;
import io.hashslot.bus.core.HostFacts;
import io.hashslot.bus.core.Moment;
import io.hashslot.bus.core.NodeView;
import io.hashslot.bus.file.CorruptNodesFileException;
import io.hashslot.bus.file.NodesText;
import io.hashslot.sim.Seeds;
import io.hashslot.slot.Slots;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Real frames of a cluster in trouble, with some bytes changed, come over links of all kinds. A
 * core may believe nonsense for a while, but it must not break, and what it wants to be saved must
 * be readable again.
 */
class HostileFramesTest {
  private static final int RUNS = 40;
  private static final int FRAMES_PER_RUN = 1_500;

  @Test
  void changedFramesNeverBreakACore() {
    List<byte[]> frames = framesOfATroubledCluster();
    assertThat(frames.size()).isGreaterThan(500);
    SeedLoop.forEach(RUNS, seed -> attack(seed, frames));
  }

  private static List<byte[]> framesOfATroubledCluster() {
    var c = SimCluster.started(3, 1, 1);
    var frames = new ArrayList<byte[]>();
    c.tap(frames::add);
    c.crash("p1").passesTimeouts(10).restart("p1").converges();
    c.request("p1", new Failover(FailoverMode.COOPERATIVE));
    c.passesTimeouts(1);
    c.node("p2").broadcast("channel", "message", false);
    return frames;
  }

  private static void attack(long seed, List<byte[]> frames) {
    RandomGenerator random = Seeds.generator(seed);
    var out = new Effects();
    long nowMs = 1_000;
    ClusterCore core =
        ClusterCore.create(
            ClusterConfig.defaults(7000).withNodeTimeoutMs(1_000),
            new SplittableRandom(seed),
            null,
            at(nowMs));
    core.onStart(at(nowMs), out);
    var links = new ArrayList<Integer>();
    try {
      for (int i = 0; i < FRAMES_PER_RUN; i++) {
        nowMs += random.nextLong(50);
        if (links.size() < 4) links.add(core.accept("10.0.0.1", "10.0.0.2", at(nowMs)));
        byte[] frame = change(frames.get(random.nextInt(frames.size())), random, i);
        int link = links.get(random.nextInt(links.size()));
        core.onFrame(link, new UnsafeBuffer(frame), 0, frame.length, at(nowMs), out);
        if (random.nextInt(4) == 0) core.onTick(at(nowMs), out);
        follow(core, out, links, random, nowMs);
      }
      check(core);
    } catch (RuntimeException | AssertionError | CorruptNodesFileException e) {
      throw new AssertionError("replay with -Dsim.seed=" + seed, e);
    }
  }

  /** The first frames make friends; later ones are changed more and more. */
  private static byte[] change(byte[] original, RandomGenerator random, int round) {
    byte[] frame = original.clone();
    if (round < 100) {
      if (frame.length > 2_000 && random.nextInt(4) == 0) frame[13] = 2; // a MEET
      return frame;
    }
    for (int changes = random.nextInt(6); changes > 0; changes--) {
      boolean head = random.nextBoolean();
      int at = head ? random.nextInt(Math.min(80, frame.length)) : random.nextInt(frame.length);
      if (at >= 8) frame[at] = (byte) random.nextInt(256);
    }
    if (frame.length > 2_000 && random.nextInt(8) == 0) {
      System.arraycopy(frame, 40, frame, 2_128, 40); // its own primary
    }
    return frame;
  }

  private static void follow(
      ClusterCore core, Effects out, List<Integer> links, RandomGenerator random, long nowMs) {
    for (Effect effect : List.copyOf(out.list())) {
      switch (effect) {
        case Effect.Connect connect -> {
          if (random.nextInt(3) == 0) {
            core.onLinkDown(connect.link(), at(nowMs), out);
          } else {
            core.onLinkUp(connect.link(), "10.0.0.1", at(nowMs), out);
            links.add(connect.link());
          }
        }
        case Effect.CloseLink close -> links.remove((Integer) close.link());
        default -> {}
      }
    }
    out.clear();
  }

  private static void check(ClusterCore core) throws CorruptNodesFileException {
    DurableState state = core.snapshot();
    assertThat(NodesText.parse(NodesText.format(state), false).nodes())
        .hasSameSizeAs(state.nodes());
    ClusterView view = core.view();
    int owned = 0;
    for (int slot = 0; slot < Slots.COUNT; slot++) {
      NodeView owner = view.owner(slot);
      if (owner == null) continue;
      owned++;
      assertThat(owner.slots().contains(slot)).isTrue();
    }
    assertThat(owned).isEqualTo(view.summary().slotsAssigned());
  }

  private static Moment at(long ms) {
    return new Moment(ms, 1_795_000_000_000L + ms, HostFacts.NONE);
  }
}
