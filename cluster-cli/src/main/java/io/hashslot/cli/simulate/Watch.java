package io.hashslot.cli.simulate;

import io.hashslot.bus.core.Pulse;
import io.hashslot.bus.sim.SimCluster;
import io.hashslot.bus.sim.SimNode;
import io.hashslot.cli.simulate.Findings.Episode;
import io.hashslot.cli.simulate.Findings.Outage;
import io.hashslot.slot.SlotSet;
import io.hashslot.slot.Slots;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at all nodes again and again and notes when what becomes true. A time is as exact as the
 * looks are frequent.
 */
final class Watch {
  private final SimCluster cluster;
  private final List<Episode> episodes = new ArrayList<>();
  private final List<Outage> outages = new ArrayList<>();
  private final SlotSet served = new SlotSet();
  private long originMs;

  // What the last look saw.
  private int down;
  private int unserved;
  private boolean agreed;
  private boolean known;

  // The outage that goes on; its slots are 0 if there is none.
  private long outageSinceMs;
  private int outageSlots;

  // The episode that goes on.
  private @Nullable String what;
  private long sinceMs;
  private int unservedBefore;
  private int downBefore;
  private int[] troubledBefore = {};
  private int[] failedBefore = {};
  private @Nullable Long suspectedMs;
  private @Nullable Long failedMs;
  private @Nullable Long knownMs;
  private @Nullable Long servedMs;
  private @Nullable Long agreedMs;
  private int slotsDown;

  Watch(SimCluster cluster) {
    this.cluster = cluster;
  }

  /** From now on times count, and what is missing is an outage. */
  void begin() {
    originMs = nowMs();
    outages.clear();
    outageSlots = 0;
    look();
  }

  private long nowMs() {
    return cluster.queue().nowMs();
  }

  /** Something is done to the cluster now; after time has passed that is a new episode. */
  void disturb(String step) {
    if (what != null && sinceMs == nowMs()) {
      what += "; " + step;
      return;
    }
    endEpisode();
    what = step;
    sinceMs = nowMs();
    unservedBefore = unserved;
    downBefore = down;
    List<SimNode> nodes = cluster.nodes();
    troubledBefore = new int[nodes.size()];
    failedBefore = new int[nodes.size()];
    for (int i = 0; i < nodes.size(); i++) {
      if (!nodes.get(i).running()) {
        continue;
      }
      Pulse pulse = nodes.get(i).pulse();
      troubledBefore[i] = pulse.suspected() + pulse.failed();
      failedBefore[i] = pulse.failed();
    }
  }

  private void endEpisode() {
    if (what == null) {
      return;
    }
    episodes.add(
        new Episode(
            sinceMs - originMs,
            what,
            suspectedMs,
            failedMs,
            knownMs,
            slotsDown == 0 ? Long.valueOf(0) : servedMs,
            agreedMs,
            slotsDown));
    what = null;
    suspectedMs = null;
    failedMs = null;
    knownMs = null;
    servedMs = null;
    agreedMs = null;
    slotsDown = 0;
  }

  /** Looks at all nodes. */
  void look() {
    List<SimNode> nodes = cluster.nodes();
    served.clear();
    down = 0;
    for (SimNode node : nodes) {
      if (!node.running()) {
        down++;
      }
    }
    agreed = true;
    known = down > 0;
    @Nullable Pulse first = null;
    for (int i = 0; i < nodes.size(); i++) {
      SimNode node = nodes.get(i);
      if (!node.running() || node.suspended()) {
        continue;
      }
      Pulse pulse = node.pulse();
      if (first == null) {
        first = pulse;
      }
      if (pulse.primary() && pulse.serves()) {
        served.addAll(pulse.slots());
      }
      agreed &=
          pulse.serves()
              && pulse.suspected() == 0
              && pulse.failed() == down
              && pulse.known() == nodes.size()
              && pulse.owners() == first.owners();
      known &= pulse.failed() >= down;
      notice(i, pulse);
    }
    unserved = Slots.COUNT - served.count();
    noticeOutage();
    noticeEnds();
  }

  private void notice(int number, Pulse pulse) {
    if (what == null || number >= troubledBefore.length) {
      return;
    }
    if (suspectedMs == null && pulse.suspected() + pulse.failed() > troubledBefore[number]) {
      suspectedMs = nowMs() - sinceMs;
    }
    if (failedMs == null && pulse.failed() > failedBefore[number]) {
      failedMs = nowMs() - sinceMs;
    }
  }

  private void noticeOutage() {
    if (unserved == outageSlots) {
      return;
    }
    if (outageSlots > 0) {
      outages.add(new Outage(outageSinceMs - originMs, nowMs() - originMs, outageSlots));
    }
    outageSinceMs = nowMs();
    outageSlots = unserved;
  }

  private void noticeEnds() {
    if (what == null) {
      return;
    }
    long age = nowMs() - sinceMs;
    slotsDown = Math.max(slotsDown, unserved - unservedBefore);
    if (unserved > unservedBefore) {
      servedMs = null;
    } else if (slotsDown > 0 && servedMs == null) {
      servedMs = age;
    }
    if (known && down > downBefore && knownMs == null) {
      knownMs = age;
    }
    if (!agreed) {
      agreedMs = null;
    } else if (agreedMs == null) {
      agreedMs = age;
    }
  }

  /** Whether there is nothing to wait for: all agree, and about those that are down as well. */
  boolean calm() {
    return agreed;
  }

  /** Whether somebody is down, all know it, and agree. */
  boolean allDownAreKnown() {
    return agreed && known;
  }

  /** Ends the last episode and outage. */
  void end() {
    endEpisode();
    if (outageSlots > 0) {
      outages.add(new Outage(outageSinceMs - originMs, nowMs() - originMs, outageSlots));
    }
  }

  List<Episode> episodes() {
    return episodes;
  }

  List<Outage> outages() {
    return outages;
  }
}
