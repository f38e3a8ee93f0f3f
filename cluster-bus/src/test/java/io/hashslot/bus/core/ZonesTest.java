package io.hashslot.bus.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.core.DurableState.NodeRecord;
import io.hashslot.bus.wire.BusFrame;
import io.hashslot.bus.wire.MessageFlags;
import io.hashslot.bus.wire.MessageType;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.bus.wire.PingExtension;
import io.hashslot.slot.SlotSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Zones: how nodes tell each other, which replica moves to a primary that has none, and which one
 * of several takes the place of a failed primary. The primary {@code a} has the replicas {@code b},
 * {@code c} and {@code d}; {@code f} has lost its own.
 */
class ZonesTest {
  private static final String PRIMARY = "a";
  private static final String ORPHAN = "f";
  private static final List<String> REPLICAS = List.of("b", "c", "d");
  private static final String NOWHERE = "";
  private static final long OFFSET = 1000;

  /** Zones of a and f, then of the three replicas. */
  private static Map<String, String> zones(String a, String f, String b, String c, String d) {
    return Map.of(PRIMARY, a, ORPHAN, f, "b", b, "c", c, "d", d);
  }

  private static NodeId id(String name) {
    return TestCore.id(name.charAt(0));
  }

  private static TestCore seenBy(String myself, Map<String, String> zones, String suspected) {
    var lower = new SlotSet();
    lower.addRange(0, 8191);
    var upper = new SlotSet();
    upper.addRange(8192, 16383);
    int primary = NodeFlags.PRIMARY | NodeFlags.MIGRATE_TO;
    var records = new ArrayList<NodeRecord>();
    records.add(TestCore.node(id(PRIMARY), primary, null, lower, 1));
    records.add(TestCore.node(id(ORPHAN), primary, null, upper, 2));
    for (String name : REPLICAS) {
      int flags = NodeFlags.REPLICA;
      if (name.equals(myself)) flags |= NodeFlags.MYSELF;
      if (name.equals(suspected)) flags |= NodeFlags.PFAIL;
      records.add(TestCore.node(id(name), flags, id(PRIMARY), new SlotSet(), 0));
    }
    var test = new TestCore(2, 0, records.toArray(NodeRecord[]::new));
    inZone(test, zones.getOrDefault(myself, NOWHERE));
    tell(test, PRIMARY, zones, lower, 1);
    tell(test, ORPHAN, zones, upper, 2);
    for (String name : REPLICAS) {
      if (!name.equals(myself)) tell(test, name, zones, lower, 1);
    }
    return test;
  }

  private static void inZone(TestCore test, String zone) {
    ClusterConfig config = ClusterConfig.defaults(7000);
    test.core.onConfig(config.withAnnounce(config.announce().inZone(zone)), test.at(), test.out);
  }

  private static void tell(
      TestCore test, String name, Map<String, String> zones, SlotSet slots, long epoch) {
    String zone = zones.getOrDefault(name, NOWHERE);
    NodeId primary = REPLICAS.contains(name) ? id(PRIMARY) : null;
    NodeId shard = new NodeId((primary == null ? id(name) : primary).text().replace('a', '0'));
    test.receive(
        MessageType.PONG,
        id(name),
        primary,
        frame -> {
          frame.messageFlags(MessageFlags.EXTENSION_DATA);
          frame.currentEpoch(2).configEpoch(epoch).slots(slots).replicationOffset(OFFSET);
          if (!zone.isEmpty()) frame.availabilityZone(zone);
          return frame.shardId(shard.text());
        });
  }

  /** Who moves to the orphan, each asked alone. */
  private static List<String> movers(Map<String, String> zones, String suspected) {
    return REPLICAS.stream().filter(name -> moves(name, zones, suspected)).toList();
  }

  private static boolean moves(String name, Map<String, String> zones, String suspected) {
    TestCore test = seenBy(name, zones, suspected);
    test.out.clear();
    for (int i = 0; i < 60; i++) {
      test.nowMs += ClusterCore.TICK_MS;
      test.core.onTick(test.at(), test.out);
    }
    return test.out.list().stream()
        .anyMatch(effect -> effect instanceof Effect.Follow to && to.primary().equals(id(ORPHAN)));
  }

  @Test
  void withoutZonesTheSmallestNameMoves() {
    assertThat(movers(zones(NOWHERE, NOWHERE, NOWHERE, NOWHERE, NOWHERE), "")).containsExactly("b");
  }

  @Test
  void whoRunsInAnotherZoneThanTheOrphanMoves() {
    assertThat(movers(zones("z1", "z2", "z2", "z2", "z1"), "")).containsExactly("d");
    assertThat(movers(zones("z1", "z1", "z1", "z2", "z2"), "")).containsExactly("c");
  }

  @Test
  void whoWouldTakeTheLastCopyOutOfAZoneStaysIfAnotherCanGo() {
    assertThat(movers(zones("z1", "z3", "z2", "z1", "z1"), "")).containsExactly("c");
    assertThat(movers(zones("z1", "z3", "z2", "z2", "z4"), "")).containsExactly("b");
  }

  @Test
  void anOrphanIsHelpedByWhoeverCanEvenIfThatIsNotIdeal() {
    assertThat(movers(zones("z1", "z1", "z1", "z1", "z1"), "")).containsExactly("b");
    assertThat(movers(zones("z9", "z1", "z2", "z3", "z4"), "")).containsExactly("b");
  }

  @Test
  void nobodyGivesWayToWhoDoesNotAnswer() {
    assertThat(movers(zones("z1", "z1", "z1", "z2", "z2"), "c")).contains("d").doesNotContain("b");
  }

  /** They may be servers that know nothing of zones: what they do must not depend on them. */
  @Test
  void whoNamesNoZoneKeepsToTheRuleWithoutZones() {
    assertThat(movers(zones("z1", "z1", NOWHERE, "z2", "z2"), "")).containsExactly("b");
    assertThat(movers(zones("z1", "z1", "z1", NOWHERE, "z2"), "")).containsExactly("d");
  }

  /** How many of the others each replica lets go first when the primary has failed. */
  private static List<Integer> ranks(Map<String, String> zones) {
    return REPLICAS.stream().map(name -> rank(name, zones)).toList();
  }

  private static int rank(String name, Map<String, String> zones) {
    TestCore test = seenBy(name, zones, "");
    test.receive(
        MessageType.FAIL,
        id(ORPHAN),
        null,
        frame -> frame.currentEpoch(2).configEpoch(2).failedNode(id(PRIMARY)));
    Moment now = test.at();
    var inStep = new HostFacts(OFFSET, true, 0, false);
    test.core.onTick(new Moment(now.monotonicMs() + 100, now.wallMs(), inStep), test.out);
    int rank = -1;
    for (Effect effect : test.out.list()) {
      if (!(effect instanceof Effect.Note note)) continue;
      var matcher = Pattern.compile("rank (?:is )?([0-9])").matcher(note.text());
      if (matcher.find()) rank = Integer.parseInt(matcher.group(1));
    }
    return rank;
  }

  @Test
  void withoutZonesTheSmallestNameIsElected() {
    assertThat(ranks(zones(NOWHERE, NOWHERE, NOWHERE, NOWHERE, NOWHERE))).containsExactly(0, 1, 2);
    assertThat(ranks(zones("z1", "z1", "z2", "z3", "z4"))).containsExactly(0, 1, 2);
  }

  @Test
  void whoRunsBesideTheFailedPrimaryIsElectedLast() {
    assertThat(ranks(zones("z1", "z1", "z1", "z2", "z2"))).containsExactly(2, 0, 1);
    assertThat(ranks(zones("z1", "z1", "z1", "z1", "z2"))).containsExactly(1, 2, 0);
    assertThat(ranks(zones("z1", "z1", "z1", NOWHERE, NOWHERE))).containsExactly(0, 1, 2);
  }

  @Test
  void theZoneIsToldWithEveryGreetingAndForgottenWhenItIsNotToldAnyMore() {
    TestCore test = seenBy("b", zones("z1", "z2", "z3", "z4", "z5"), "");
    assertThat(zoneOf(test, ORPHAN)).isEqualTo("z2");
    assertThat(zoneOf(test, "b")).isEqualTo("z3");
    test.receive(MessageType.PING, id(ORPHAN), null, frame -> frame.currentEpoch(2).configEpoch(2));
    assertThat(zoneOf(test, ORPHAN)).isEmpty();
    BusFrame answer = test.sent(MessageType.PONG);
    assertThat(answer).isNotNull();
    assertThat(zoneIn(answer)).isEqualTo("z3");
    inZone(test, NOWHERE);
    test.receive(MessageType.PING, id(ORPHAN), null, frame -> frame.currentEpoch(2).configEpoch(2));
    assertThat(zoneIn(test.sent(MessageType.PONG))).isNull();
  }

  private static String zoneOf(TestCore test, String name) {
    return test.core.view().node(id(name).text()).zone();
  }

  private static String zoneIn(BusFrame frame) {
    for (PingExtension each = frame.firstExtension(); each != null; each = frame.nextExtension()) {
      if (each.type() == PingExtension.AVAILABILITY_ZONE) return each.text();
    }
    return null;
  }
}
