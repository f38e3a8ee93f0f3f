package io.hashslot.structure;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.memory.CheckingArena;
import io.hashslot.memory.Memory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountedTreeTest {
  /** What the model holds: ordered as the tree should be. */
  private record Pair(double score, String member) implements Comparable<Pair> {
    private static final Comparator<Pair> ORDER =
        Comparator.comparingDouble((Pair pair) -> pair.score).thenComparing(Pair::member);

    @Override
    public int compareTo(Pair other) {
      return ORDER.compare(this, other);
    }
  }

  private static final long SCRATCH = Memory.allocate(64);

  private final CheckingArena arena = new CheckingArena();
  private final CountedTree tree = new CountedTree(arena);
  private final Map<String, Long> elements = new HashMap<>();
  private final TreeSet<Pair> model = new TreeSet<>();

  @AfterEach
  void nothingLeaks() {
    elements.values().forEach(element -> ScoredMember.free(arena, element));
    while (!tree.drain(3)) {
      arena.check();
    }
    arena.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 1000})
  void behavesLikeASortedSet(int scores) {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    tree.wrap(CountedTree.create(arena));
    for (int step = 0; step < 60_000; step++) {
      boolean growing = step / 15_000 % 2 == 0;
      String member = "m" + random.nextInt(4000);
      int dice = random.nextInt(100);
      if (dice < (growing ? 60 : 25)) {
        put(member, random.nextInt(scores) - 3);
      } else if (dice < 95) {
        drop(member);
      } else if (!growing && dice < 97 && !model.isEmpty()) {
        long rank = random.nextInt(model.size());
        dropRange(rank, Math.min(random.nextInt(200), model.size() - rank));
      }
      assertThat(tree.size()).as("seed %s", seed).isEqualTo(model.size());
      if (step % 3000 == 0) {
        compare("seed " + seed);
      }
    }
    compare("seed " + seed);
    dropRange(0, model.size());
    compare("seed " + seed);
    assertThat(tree.bytes()).isEqualTo(32 + TreeNodes.LEAF_BYTES);
  }

  @Test
  void elementsThatComeInOrderFillTheirLeaves() {
    tree.wrap(CountedTree.create(arena));
    for (int i = 0; i < 20_000; i++) {
      put(String.format("%06d", i), 7);
    }
    compare("ascending");
    assertThat(tree.bytes() / 20_000.0).isLessThan(18.5);
  }

  @Test
  void elementsThatComeInReverseFillTheirLeaves() {
    tree.wrap(CountedTree.create(arena));
    for (int i = 20_000; i > 0; i--) {
      put("m" + i, i);
    }
    compare("descending");
    assertThat(tree.bytes() / 20_000.0).isLessThan(18.5);
  }

  @Test
  void elementsThatComeInOrderWithinGroupsFillTheirLeaves() {
    tree.wrap(CountedTree.create(arena));
    for (int i = 0; i < 20_000; i++) {
      put(String.format("%06d", i), i % 20);
    }
    compare("groups");
    assertThat(tree.bytes() / 20_000.0).isLessThan(21);
  }

  @Test
  void elementsThatComeInReverseWithinGroupsTakeLittleMore() {
    tree.wrap(CountedTree.create(arena));
    for (int i = 20_000; i > 0; i--) {
      put(String.format("%06d", i), i % 20);
    }
    compare("groups");
    assertThat(tree.bytes() / 20_000.0).isLessThan(27);
  }

  @Test
  void elementsInRandomOrderTakeLittleMore() {
    tree.wrap(CountedTree.create(arena));
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      put("m" + i, random.nextDouble());
    }
    compare("random");
    assertThat(tree.bytes() / 20_000.0).isLessThan(27);
  }

  @Test
  void appendingNeedsNoSearch() {
    tree.wrap(CountedTree.create(arena));
    for (int i = 0; i < 5000; i++) {
      String member = "m" + i;
      long element = create(member, i);
      tree.append(element);
      elements.put(member, element);
      model.add(new Pair(i, member));
    }
    compare("appended");
  }

  @Test
  void infinitiesAndBothZerosHaveTheirPlaces() {
    tree.wrap(CountedTree.create(arena));
    put("a", Double.POSITIVE_INFINITY);
    put("b", Double.NEGATIVE_INFINITY);
    put("d", 0.0);
    put("c", -0.0);
    List<String> members = new ArrayList<>();
    for (long e = tree.select(0); e != 0; e = tree.next()) {
      members.add(member(e));
    }
    assertThat(members).containsExactly("b", "c", "d", "a");
    assertThat(tree.countBelow(-0.0, false)).isEqualTo(1);
    assertThat(tree.countBelow(0.0, true)).isEqualTo(3);
    model.clear();
  }

  private static long create(CheckingArena arena, String member, double score) {
    byte[] bytes = member.getBytes(StandardCharsets.ISO_8859_1);
    Memory.copy(bytes, 0, SCRATCH, bytes.length);
    return ScoredMember.create(arena, score, SCRATCH, bytes.length);
  }

  private long create(String member, double score) {
    return create(arena, member, score);
  }

  private void put(String member, double score) {
    Long element = elements.get(member);
    if (element == null) {
      element = create(member, score);
      elements.put(member, element);
      tree.insert(element);
    } else {
      model.remove(new Pair(ScoredMember.score(element), member));
      tree.move(element, score);
    }
    model.add(new Pair(score, member));
  }

  private void drop(String member) {
    Long element = elements.remove(member);
    if (element == null) {
      return;
    }
    model.remove(new Pair(ScoredMember.score(element), member));
    tree.remove(element);
    ScoredMember.free(arena, element);
  }

  private void dropRange(long rank, long count) {
    List<Pair> gone = model.stream().skip(rank).limit(count).toList();
    List<Pair> shown = new ArrayList<>();
    tree.removeRange(
        rank,
        count,
        element -> {
          shown.add(new Pair(ScoredMember.score(element), member(element)));
          elements.remove(member(element));
          ScoredMember.free(arena, element);
        });
    assertThat(shown).isEqualTo(gone);
    gone.forEach(model::remove);
  }

  private static String member(long element) {
    byte[] bytes = Memory.bytes(MemberBlock.address(element), MemberBlock.length(element));
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Compares order both ways, ranks, bounds by score and, if all scores are equal, by member. */
  private void compare(String seed) {
    CountedTreeRules.check(tree);
    arena.check();
    List<Pair> expected = List.copyOf(model);
    List<Pair> forward = new ArrayList<>();
    List<Pair> backward = new ArrayList<>();
    if (!expected.isEmpty()) {
      for (long e = tree.select(0); e != 0; e = tree.next()) {
        forward.add(new Pair(tree.score(), member(e)));
      }
      for (long e = tree.select(expected.size() - 1); e != 0; e = tree.previous()) {
        backward.add(new Pair(tree.score(), member(e)));
      }
    }
    assertThat(forward).as(seed).isEqualTo(expected);
    assertThat(backward.reversed()).as(seed).isEqualTo(expected);
    boolean oneScore = expected.stream().mapToDouble(Pair::score).distinct().count() == 1;
    for (int i = 0; i < expected.size(); i += 37) {
      Pair pair = expected.get(i);
      long element = tree.select(i);
      assertThat(member(element)).as(seed).isEqualTo(pair.member);
      assertThat(tree.rankOf(element)).as(seed).isEqualTo(i);
      long below = expected.stream().filter(other -> other.score < pair.score).count();
      long notAbove = expected.stream().filter(other -> other.score <= pair.score).count();
      assertThat(tree.countBelow(pair.score, false)).as(seed).isEqualTo(below);
      assertThat(tree.countBelow(pair.score, true)).as(seed).isEqualTo(notAbove);
      assertThat(tree.countBelow(Math.nextUp(pair.score), false)).as(seed).isEqualTo(notAbove);
      if (oneScore) {
        long address = MemberBlock.address(element);
        int length = MemberBlock.length(element);
        assertThat(tree.countBelow(address, length, false)).as(seed).isEqualTo(i);
        assertThat(tree.countBelow(address, length, true)).as(seed).isEqualTo(i + 1);
      }
    }
  }
}
