package io.hashslot.cli.cluster;

import io.hashslot.cli.cluster.CreatePlan.Primary;
import io.hashslot.cli.cluster.CreatePlan.Replica;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Keeps the members of a replication set (a primary and its replicas) on different hosts, so that
 * the loss of a host costs no slots.
 *
 * <p>The score counts what is wrong, host by host and set by set: with k members of a set on one
 * host, 10000·(k-1) if the primary is among them, else k for k of at least 2. The search exchanges
 * the primaries of two replicas, one of which stands badly, chosen at random; an exchange that
 * leaves the score equal is kept too, because a better one may only be reached through it. The best
 * plan met is the result, the first one if nothing is better: so where nothing can be gained (all
 * on one host) nothing is shuffled either.
 */
final class AntiAffinity {
  /** The weight of a replica on its primary's host. */
  static final int WITH_PRIMARY = 10_000;

  private static final int TRIES_PER_NODE = 500;

  private AntiAffinity() {}

  private record Seat(String host, NodeAddress primary) {}

  static int score(List<Primary> primaries, List<Replica> replicas) {
    Map<Seat, Integer> members = new HashMap<>();
    for (Replica replica : replicas) {
      members.merge(new Seat(replica.address().host(), replica.primary()), 1, Integer::sum);
    }
    int score = 0;
    for (Map.Entry<Seat, Integer> seat : members.entrySet()) {
      int count = seat.getValue();
      if (seat.getKey().primary().host().equals(seat.getKey().host())) {
        score += WITH_PRIMARY * count;
      } else if (count > 1) {
        score += count;
      }
    }
    return primaries.isEmpty() ? 0 : score;
  }

  static List<Replica> improve(
      List<Primary> primaries, List<Replica> replicas, RandomGenerator random) {
    List<Replica> best = replicas;
    int bestScore = score(primaries, replicas);
    List<Replica> current = new ArrayList<>(replicas);
    int currentScore = bestScore;
    int tries = TRIES_PER_NODE * (primaries.size() + replicas.size());
    for (int i = 0; i < tries && bestScore > 0 && replicas.size() > 1; i++) {
      List<Integer> offenders = offenders(current);
      if (offenders.isEmpty()) {
        break;
      }
      int one = offenders.get(random.nextInt(offenders.size()));
      int other = random.nextInt(current.size());
      exchange(current, one, other);
      int score = score(primaries, current);
      if (score > currentScore) {
        exchange(current, one, other);
        continue;
      }
      currentScore = score;
      if (score < bestScore) {
        bestScore = score;
        best = List.copyOf(current);
      }
    }
    return best;
  }

  /** The replicas that share a host with their primary or with another replica of it. */
  private static List<Integer> offenders(List<Replica> replicas) {
    Map<Seat, Integer> members = new HashMap<>();
    for (Replica replica : replicas) {
      members.merge(new Seat(replica.address().host(), replica.primary()), 1, Integer::sum);
    }
    List<Integer> offenders = new ArrayList<>();
    for (int i = 0; i < replicas.size(); i++) {
      Replica replica = replicas.get(i);
      boolean withPrimary = replica.address().host().equals(replica.primary().host());
      int together = members.getOrDefault(new Seat(replica.address().host(), replica.primary()), 0);
      if (withPrimary || together > 1) {
        offenders.add(i);
      }
    }
    return offenders;
  }

  private static void exchange(List<Replica> replicas, int one, int other) {
    Replica a = replicas.get(one);
    Replica b = replicas.get(other);
    replicas.set(one, new Replica(a.address(), b.primary(), a.extra()));
    replicas.set(other, new Replica(b.address(), a.primary(), b.extra()));
  }
}
