package io.hashslot.differential;

import static io.hashslot.differential.Member.Kind.OURS;
import static io.hashslot.differential.Member.Kind.REDIS;
import static io.hashslot.differential.Member.Kind.VALKEY;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Chains of three servers, ours among real ones in all orders in which they can read each other's
 * snapshots: whatever clients write, whatever becomes of links and servers, all end with the same
 * data, and nobody is sent everything who could have gone on. {@code -Dhashslot.chains.rounds=n}
 * misfortunes befall each chain of every order; without it a few chains of some orders suffer one
 * of each kind. {@code -Dhashslot.chains.seed=n} gives the same writes and misfortunes once more.
 */
class MixedChainsIT {
  private static final int ROUNDS = Integer.getInteger("hashslot.chains.rounds", 0);
  private static final long SEED = Long.getLong("hashslot.chains.seed", System.nanoTime());
  private static final int BATCHES = 30;

  @TempDir Path folder;

  /** A Redis 7.0 cannot read what a Valkey 8.0 saves. */
  static Stream<List<Member.Kind>> orders() {
    if (ROUNDS == 0) {
      return Stream.of(
          List.of(VALKEY, OURS, REDIS), List.of(REDIS, OURS, VALKEY), List.of(OURS, VALKEY, OURS));
    }
    List<List<Member.Kind>> orders = new ArrayList<>();
    for (Member.Kind first : Member.Kind.values()) {
      for (Member.Kind second : Member.Kind.values()) {
        for (Member.Kind third : Member.Kind.values()) {
          List<Member.Kind> order = List.of(first, second, third);
          if (order.contains(OURS) && readable(first, second) && readable(second, third)) {
            orders.add(order);
          }
        }
      }
    }
    return orders.stream();
  }

  private static boolean readable(Member.Kind upper, Member.Kind lower) {
    return !(upper == VALKEY && lower == REDIS);
  }

  @ParameterizedTest
  @MethodSource("orders")
  void allStayEqualWhateverBefallsThem(List<Member.Kind> order) throws Exception {
    try (Chain chain = new Chain(folder, order, SEED)) {
      if (ROUNDS == 0) {
        for (int kind = 0; kind < 5; kind++) {
          befall(chain, kind);
        }
        return;
      }
      Random random = new Random(SEED);
      for (int i = 0; i < ROUNDS; i++) {
        befall(chain, random.nextInt(5));
      }
    }
  }

  private static void befall(Chain chain, int kind) throws Exception {
    chain.write(BATCHES, chain::cut);
    switch (kind) {
      case 0 -> chain.restart(2);
      case 1 -> chain.restart(1);
      case 2 -> chain.restart(0);
      case 3 -> chain.promote();
      default -> {
        if (chain.fullPossible()) {
          chain.overrun();
        }
      }
    }
  }
}
