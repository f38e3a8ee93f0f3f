package io.hashslot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.core.ClusterConfig;
import io.hashslot.bus.core.ClusterCore;
import io.hashslot.bus.core.Effect;
import io.hashslot.bus.core.Effects;
import io.hashslot.bus.core.HostFacts;
import io.hashslot.bus.core.Moment;
import io.hashslot.bus.file.NodesText;
import io.hashslot.bus.wire.FrameEncoder;
import io.hashslot.bus.wire.MessageType;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.command.CommandFlag;
import io.hashslot.command.CommandSpec;
import io.hashslot.config.Config;
import io.hashslot.dispatch.HereAndNow;
import io.hashslot.dispatch.NoClient;
import io.hashslot.dispatch.SlotGate;
import io.hashslot.session.Session;
import io.hashslot.slot.SlotSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.agrona.ExpandableArrayBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who is served, redirected or refused: the decisions of Redis 7.2 and Valkey 8.0, one by one. */
class SlotRoutingTest {
  static final String A = "a".repeat(40);
  static final String B = "b".repeat(40);
  static final String R = "c".repeat(40);

  private static final long START_MS = 1_000_000;

  /** Until then all others answer. */
  private static final long LAST_HEARD_MS = START_MS + 6_000;

  private static final CommandSpec READ =
      CommandSpec.row("GET", 2, (_, _) -> {}).flags(CommandFlag.READONLY).done();
  private static final CommandSpec WRITE =
      CommandSpec.row("SET", 3, (_, _) -> {}).flags(CommandFlag.WRITE).done();
  private static final CommandSpec RESTORE_ASKING =
      CommandSpec.row("RESTORE-ASKING", -4, (_, _) -> {})
          .flags(CommandFlag.WRITE, CommandFlag.ASKING)
          .done();
  private static final CommandSpec MIGRATE =
      CommandSpec.row("MIGRATE", -6, (_, _) -> {}).flags(CommandFlag.WRITE).done();
  private static final CommandSpec SPUBLISH =
      CommandSpec.row("SPUBLISH", 3, (_, _) -> {}).flags(CommandFlag.PUBSUB).done();

  private final Session session = new NoClient(new HereAndNow()).session();

  /**
   * Two primaries, the second with a replica; slots 0-9 are A's, 10-19 B's, the others nobody's.
   */
  static SlotRouting seenBy(String myself, String openSlots, String... options) throws Exception {
    String text =
        line(
                A,
                7000,
                myself.equals(A) ? "myself,master" : "master",
                "-",
                "0-9",
                myself.equals(A) ? openSlots : "")
            + line(B, 7001, myself.equals(B) ? "myself,master" : "master", "-", "10-19", "")
            + line(R, 7002, myself.equals(R) ? "myself,slave" : "slave", B, "", "")
            + "vars currentEpoch 3 lastVoteEpoch 0\n";
    ClusterConfig settings = ClusterConfig.defaults(7000);
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    boolean full = options.length > 0 && options[0].equals("full");
    ClusterConfig relaxed =
        new ClusterConfig(
            15_000, 10, false, 1, true, full, 0, 10, 60, false, settings.announce(), 5_000);
    Moment start = new Moment(START_MS, 1_700_000_000_000L, HostFacts.NONE);
    ClusterCore core = ClusterCore.create(relaxed, random, NodesText.parse(text, false), start);
    Effects effects = new Effects();
    core.onStart(start, effects);
    core.onDataLoaded(new SlotSet(), start, effects);
    Map<Integer, NodeId> links = new HashMap<>();
    for (int ms = 100; ms <= LAST_HEARD_MS - START_MS; ms += 100) {
      var now = new Moment(START_MS + ms, 1_700_000_000_000L + ms, HostFacts.NONE);
      effects.clear();
      core.onTick(now, effects);
      for (Effect effect : List.copyOf(effects.list())) {
        if (effect instanceof Effect.Connect connect) {
          links.put(connect.link(), connect.node());
          core.onLinkUp(connect.link(), "127.0.0.1", now, effects);
        }
      }
      links.forEach((link, node) -> answer(core, link, node, now));
    }
    Config config =
        full
            ? Config.of(java.util.Arrays.copyOfRange(options, 1, options.length))
            : Config.defaults();
    SlotRouting routing = new SlotRouting(config, new Endpoints(config));
    routing.publish(core.view());
    return routing;
  }

  /** A node answers, whatever it was asked. */
  private static void answer(ClusterCore core, int link, NodeId node, Moment now) {
    boolean primary = !node.text().equals(R);
    var buffer = new ExpandableArrayBuffer();
    int length =
        new FrameEncoder()
            .begin(buffer, 0, MessageType.PONG)
            .sender(node)
            .primary(primary ? null : new NodeId(B))
            .port(1)
            .busPort(2)
            .configEpoch(1)
            .slots(node.text().equals(A) ? SlotSet.range(0, 9) : SlotSet.range(10, 19))
            .nodeFlags(primary ? NodeFlags.PRIMARY : NodeFlags.REPLICA)
            .finish();
    core.onFrame(link, buffer, 0, length, now, new Effects());
  }

  private static String line(
      String id, int port, String flags, String primary, String slots, String open) {
    return id
        + " 127.0.0.1:"
        + port
        + "@"
        + (port + 10_000)
        + ",,shard-id="
        + (primary.equals("-") ? id : primary)
        + " "
        + flags
        + " "
        + primary
        + " 0 0 1 connected "
        + slots
        + (open.isEmpty() ? "" : " " + open)
        + "\n";
  }

  private @Nullable String ask(SlotRouting routing, CommandSpec command, int slot) {
    return routing.refuse(session, command, slot, command.has(CommandFlag.WRITE));
  }

  @Test
  void ownSlotsAreServed() throws Exception {
    SlotRouting routing = seenBy(A, "");
    assertThat(ask(routing, READ, 3)).isNull();
    assertThat(ask(routing, WRITE, 9)).isNull();
  }

  @Test
  void slotsOfOthersAreMoved() throws Exception {
    assertThat(ask(seenBy(A, ""), READ, 12)).isEqualTo("MOVED 12 127.0.0.1:7001");
  }

  @Test
  void slotsOfNobodyAreDown() throws Exception {
    assertThat(ask(seenBy(A, ""), READ, 500)).isEqualTo("CLUSTERDOWN Hash slot not served");
  }

  @Test
  void severalSlotsAreRefused() throws Exception {
    assertThat(seenBy(A, "").refuseSeveral(12))
        .isEqualTo("CROSSSLOT Keys in request don't hash to the same slot");
    assertThat(seenBy(A, "").refuseSeveral(30)).isEqualTo("CLUSTERDOWN Hash slot not served");
  }

  @Test
  void nothingIsServedWhileSlotsAreMissingUnlessAllowed() throws Exception {
    SlotRouting strict = seenBy(A, "", "full");
    assertThat(ask(strict, READ, 3)).isEqualTo("CLUSTERDOWN The cluster is down");
    assertThat(ask(strict, SPUBLISH, 3)).isNull();
    SlotRouting silent = seenBy(A, "", "full", "--cluster-allow-pubsubshard-when-down", "no");
    assertThat(ask(silent, SPUBLISH, 3)).isEqualTo("CLUSTERDOWN The cluster is down");
    SlotRouting reads = seenBy(A, "", "full", "--cluster-allow-reads-when-down", "yes");
    assertThat(ask(reads, READ, 3)).isNull();
    assertThat(ask(reads, WRITE, 3))
        .isEqualTo("CLUSTERDOWN The cluster is down and only accepts read commands");
  }

  /** All stood still for a node timeout: nobody has told this node yet that it was replaced. */
  @Test
  void nothingIsServedWhenNobodyHasAnsweredForTooLong() throws Exception {
    SlotRouting routing = seenBy(A, "");
    long ns = 1_000_000;
    assertThat(routing.refuse(session, WRITE, 3, true, LAST_HEARD_MS * ns)).isNull();
    long tooLate = (LAST_HEARD_MS + ClusterConfig.defaults(7000).nodeTimeoutMs() + 1) * ns;
    assertThat(routing.refuse(session, WRITE, 3, true, tooLate))
        .isEqualTo("CLUSTERDOWN The cluster is down");
    assertThat(routing.refuse(session, WRITE, 12, true, tooLate))
        .isEqualTo("CLUSTERDOWN The cluster is down");
    assertThat(seenBy(B, "").refuse(session, WRITE, 12, true, tooLate))
        .isEqualTo("CLUSTERDOWN The cluster is down");
    assertThat(seenBy(R, "").refuse(session, WRITE, 12, true, tooLate))
        .isEqualTo("MOVED 12 127.0.0.1:7001");
  }

  @Test
  void replicasServeReadsToThoseWhoAcceptThem() throws Exception {
    SlotRouting routing = seenBy(R, "");
    assertThat(ask(routing, READ, 12)).isEqualTo("MOVED 12 127.0.0.1:7001");
    session.readOnlyMode(true);
    assertThat(ask(routing, READ, 12)).isNull();
    assertThat(ask(routing, WRITE, 12)).isEqualTo("MOVED 12 127.0.0.1:7001");
    assertThat(ask(routing, READ, 3)).isEqualTo("MOVED 3 127.0.0.1:7000");
    session.readOnlyMode(false);
    assertThat(ask(routing, SPUBLISH, 12)).as("shard channels need no READONLY").isNull();
  }

  @Test
  void migratingSlotsAskForWhatHasLeft() throws Exception {
    SlotRouting routing = seenBy(A, "[3->-" + B + "]");
    assertThat(routing.open(3)).isTrue();
    assertThat(routing.open(4)).isFalse();
    assertThat(routing.refuseOpen(session, READ, 3, found(1, 0))).isNull();
    assertThat(routing.refuseOpen(session, READ, 3, found(0, 1))).isEqualTo("ASK 3 127.0.0.1:7001");
    assertThat(routing.refuseOpen(session, READ, 3, found(1, 1)))
        .isEqualTo("TRYAGAIN Multiple keys request during rehashing of slot");
  }

  @Test
  void importedSlotsAreServedToThoseWhoAsk() throws Exception {
    SlotRouting routing = seenBy(A, "[12-<-" + B + "]");
    assertThat(ask(routing, READ, 12)).isEqualTo("MOVED 12 127.0.0.1:7001");
    assertThat(ask(routing, RESTORE_ASKING, 12)).as("asks by itself").isNull();
    session.asking(true);
    assertThat(ask(routing, READ, 12)).isNull();
    assertThat(routing.refuseOpen(session, READ, 12, found(0, 1))).isNull();
    assertThat(routing.refuseOpen(session, READ, 12, found(1, 1)))
        .isEqualTo("TRYAGAIN Multiple keys request during rehashing of slot");
  }

  @Test
  void aKeyThatIsNamedTwiceIsOneKey() throws Exception {
    SlotRouting routing = seenBy(A, "[12-<-" + B + "]");
    session.asking(true);
    SlotGate.Found sameTwice = new SlotGate.Found(0, 2, false, false);
    assertThat(routing.refuseOpen(session, READ, 12, sameTwice)).isNull();
  }

  @Test
  void whatLeavesItsDatabaseWaitsUntilTheSlotIsMoved() throws Exception {
    SlotGate.Found found = new SlotGate.Found(1, 0, false, true);
    String later = "TRYAGAIN Multiple keys request during rehashing of slot";
    assertThat(seenBy(A, "[3->-" + B + "]").refuseOpen(session, WRITE, 3, found)).isEqualTo(later);
    session.asking(true);
    assertThat(seenBy(A, "[12-<-" + B + "]").refuseOpen(session, WRITE, 12, found))
        .isEqualTo(later);
  }

  @Test
  void keysCanBeSentOnFromASlotThatIsBeingImported() throws Exception {
    SlotRouting routing = seenBy(A, "[12-<-" + B + "]");
    assertThat(ask(routing, MIGRATE, 12)).isNull();
    assertThat(ask(routing, MIGRATE, 13)).isEqualTo("MOVED 13 127.0.0.1:7001");
    assertThat(routing.refuseOpen(session, MIGRATE, 12, found(0, 1))).isNull();
  }

  private static SlotGate.Found found(int present, int absent) {
    return new SlotGate.Found(present, absent, present + absent > 1, false);
  }
}
