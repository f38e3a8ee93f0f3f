package io.hashslot.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hashslot.cli.UsageException;
import io.hashslot.slot.SlotRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CreatePlanTest {
  private static List<NodeAddress> nodes(String... addresses) {
    return Arrays.stream(addresses).map(CreatePlanTest::node).toList();
  }

  private static NodeAddress node(String address) {
    try {
      return NodeAddress.parse(address);
    } catch (UsageException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> shown(CreatePlan plan) {
    List<String> lines = new ArrayList<>();
    plan.primaries().forEach(it -> lines.add(it.address() + " " + it.slots()));
    plan.replicas().forEach(it -> lines.add(it.address() + " -> " + it.primary()));
    return lines;
  }

  @Test
  void threeNodesShouldGetTheSlotsThatRedisCliGivesThem() {
    assertThat(shown(CreatePlan.of(nodes("h:1", "h:2", "h:3"), 0)))
        .containsExactly("h:1 0-5460", "h:2 5461-10922", "h:3 10923-16383");
  }

  @Test
  void replicasOfOneHostShouldBeDealtFromTheSecondOnTheFirstComesLast() {
    assertThat(shown(CreatePlan.of(nodes("h:1", "h:2", "h:3", "h:4", "h:5", "h:6"), 1)))
        .endsWith("h:5 -> h:1", "h:6 -> h:2", "h:4 -> h:3");
  }

  @Test
  void primariesShouldStandOnAsManyHostsAsThereAre() {
    CreatePlan plan = CreatePlan.of(nodes("a:1", "a:2", "b:1", "b:2", "c:1", "c:2"), 1);
    assertThat(plan.primaries())
        .extracting(it -> it.address().host())
        .containsExactly("a", "b", "c");
    assertThat(plan.affinityScore()).isZero();
    assertThat(shown(plan)).endsWith("b:2 -> a:1", "c:2 -> b:1", "a:2 -> c:1");
  }

  @Test
  void nodesLeftOverShouldBecomeExtraReplicas() {
    CreatePlan plan =
        CreatePlan.of(nodes("a:1", "b:1", "c:1", "a:2", "b:2"), 0).improved(new Random(1));
    assertThat(plan.primaries()).hasSize(5);
    plan = CreatePlan.of(nodes("a:1", "b:1", "c:1", "a:2", "b:2", "c:2", "a:3"), 1);
    assertThat(plan.primaries()).hasSize(3);
    assertThat(plan.replicas()).hasSize(4);
    assertThat(plan.replicas().getLast().extra()).isTrue();
  }

  @Test
  void tooFewNodesShouldBeRefused() {
    assertThatThrownBy(() -> CreatePlan.of(nodes("h:1", "h:2"), 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CreatePlan.of(nodes("h:1", "h:2", "h:3", "h:4"), 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theSearchShouldPartReplicasFromTheirPrimaries() {
    var primaries =
        List.of(
            new CreatePlan.Primary(node("a:1"), new SlotRange(0, 0)),
            new CreatePlan.Primary(node("b:1"), new SlotRange(1, 1)),
            new CreatePlan.Primary(node("c:1"), new SlotRange(2, 2)));
    var replicas =
        List.of(
            new CreatePlan.Replica(node("a:2"), node("a:1"), false),
            new CreatePlan.Replica(node("b:2"), node("b:1"), false),
            new CreatePlan.Replica(node("c:2"), node("c:1"), false));
    var bad = new CreatePlan(primaries, replicas);
    assertThat(bad.affinityScore()).isEqualTo(3 * AntiAffinity.WITH_PRIMARY);
    assertThat(bad.improved(new Random(7)).affinityScore()).isZero();
  }

  @Test
  void theSearchShouldPartReplicasOfOnePrimary() {
    var primaries =
        List.of(
            new CreatePlan.Primary(node("a:1"), new SlotRange(0, 0)),
            new CreatePlan.Primary(node("b:1"), new SlotRange(1, 1)));
    var replicas =
        List.of(
            new CreatePlan.Replica(node("c:1"), node("a:1"), false),
            new CreatePlan.Replica(node("c:2"), node("a:1"), false),
            new CreatePlan.Replica(node("d:1"), node("b:1"), false),
            new CreatePlan.Replica(node("d:2"), node("b:1"), false));
    var bad = new CreatePlan(primaries, replicas);
    assertThat(bad.affinityScore()).isEqualTo(4);
    assertThat(bad.improved(new Random(7)).affinityScore()).isZero();
  }

  @Test
  void theSearchShouldLeaveAloneWhatItCannotImprove() {
    CreatePlan plan = CreatePlan.of(nodes("h:1", "h:2", "h:3", "h:4", "h:5", "h:6"), 1);
    assertThat(plan.improved(new Random(3))).isEqualTo(plan);
  }

  @Property
  void rangesShouldCoverAllSlotsOnceInOrder(@ForAll @IntRange(min = 3, max = 1000) int primaries) {
    int next = 0;
    for (SlotRange range : CreatePlan.deal(primaries)) {
      assertThat(range.first()).isEqualTo(next);
      assertThat(range.count()).isBetween(16384 / primaries, 16384 / primaries + 1);
      next = range.last() + 1;
    }
    assertThat(next).isEqualTo(16384);
  }

  @Property(tries = 200)
  void everyNodeShouldHaveOneDutyWhateverTheHosts(
      @ForAll @IntRange(min = 3, max = 30) int count,
      @ForAll @IntRange(max = 4) int replicas,
      @ForAll Random random) {
    if (CreatePlan.primaryCount(count, replicas) < CreatePlan.MIN_PRIMARIES) {
      return;
    }
    List<NodeAddress> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      nodes.add(node("h" + random.nextInt(5) + ":" + (7000 + i)));
    }
    CreatePlan first = CreatePlan.of(nodes, replicas);
    CreatePlan plan = first.improved(random);
    List<NodeAddress> used = new ArrayList<>();
    plan.primaries().forEach(it -> used.add(it.address()));
    plan.replicas().forEach(it -> used.add(it.address()));
    assertThat(used).containsExactlyInAnyOrderElementsOf(nodes);
    assertThat(plan.affinityScore()).isLessThanOrEqualTo(first.affinityScore());
    for (CreatePlan.Primary primary : plan.primaries()) {
      assertThat(
              plan.replicas().stream().filter(it -> it.primary().equals(primary.address())).count())
          .isGreaterThanOrEqualTo(replicas);
    }
  }
}
