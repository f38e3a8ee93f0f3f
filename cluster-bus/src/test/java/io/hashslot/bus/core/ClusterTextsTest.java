package io.hashslot.bus.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.core.ClusterTexts.Audience;
import io.hashslot.bus.core.DurableState.NodeRecord;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The expected lines were printed by valkey-server 8.0.1 in the same situation. */
class ClusterTextsTest {
  private static final NodeId OTHER = new NodeId("8a47f7beffcb539537f92530d29e24e9c031b886");
  private static final NodeId ME = new NodeId("a04e777f8fee3b00d4ff3aeeb2b09075b8660b41");
  private static final NodeId REPLICA = new NodeId("2c5786f50ea2ca14a15fe5862a9dcf30dadfc385");
  private static final NodeId SHARD = new NodeId("1".repeat(40));
  private static final NodeId OTHER_SHARD = new NodeId("2".repeat(40));
  private static final long PONG_MS = 1_795_346_792_419L;

  private static ClusterView view() {
    SlotSet mine = SlotSet.parse("0-8000 8002");
    Map<Integer, NodeId> to = Map.of(5, ME);
    Map<Integer, NodeId> from = Map.of(8001, OTHER, 16000, OTHER);
    var nodes =
        List.of(
            record(ME, 22001, NodeFlags.MYSELF | NodeFlags.PRIMARY, null, mine, to, from),
            record(
                OTHER,
                22002,
                NodeFlags.PRIMARY,
                null,
                SlotSet.range(8003, 16383),
                Map.of(),
                Map.of()),
            record(REPLICA, 22003, NodeFlags.REPLICA, ME, new SlotSet(), Map.of(), Map.of()));
    ClusterConfig defaults = ClusterConfig.defaults(22001);
    var at = new Moment(5_000, PONG_MS, HostFacts.NONE);
    var config =
        defaults.withAnnounce(new ClusterConfig.Announced("", 22001, 0, 32001, "", "", "", ""));
    ClusterCore core =
        ClusterCore.create(config, new SplittableRandom(1), new DurableState(1, 0, nodes), at);
    core.onStart(at, new Effects());
    return core.view();
  }

  private static NodeRecord record(
      NodeId id,
      int port,
      int flags,
      @Nullable NodeId primary,
      SlotSet slots,
      Map<Integer, NodeId> to,
      Map<Integer, NodeId> from) {
    boolean other = id.equals(OTHER);
    return new NodeRecord(
        id,
        "127.0.0.1",
        port,
        0,
        port + 10_000,
        other ? "two.example" : "",
        "",
        other ? "192.0.2.7" : "",
        "",
        other ? OTHER_SHARD : SHARD,
        flags,
        primary,
        0,
        id.equals(ME) ? 0 : PONG_MS,
        other ? 1 : 0,
        false,
        slots,
        to,
        from);
  }

  @Test
  void nodesAreListedOnePerLine() {
    assertThat(ClusterTexts.nodes(view(), new Audience(false, true)).lines())
        .containsExactlyInAnyOrder(
            OTHER
                + " 127.0.0.1:22002@32002,two.example master - 0 1795346792419 1 disconnected"
                + " 8003-16383",
            ME
                + " 127.0.0.1:22001@32001 myself,master - 0 0 0 connected 0-8000 8002 [5->-"
                + ME
                + "] [8001-<-"
                + OTHER
                + "] [16000-<-"
                + OTHER
                + "]",
            REPLICA + " 127.0.0.1:22003@32003 slave " + ME + " 0 1795346792419 0 disconnected");
  }

  @Test
  void clientsAreToldTheAddressAnnouncedForThem() {
    assertThat(ClusterTexts.nodes(view(), Audience.PLAIN)).contains("192.0.2.7:22002@32002");
    assertThat(ClusterTexts.nodes(view(), new Audience(true, true))).contains("127.0.0.1:0@32002");
  }

  @Test
  void replicasAreListedAlone() {
    ClusterView view = view();
    assertThat(ClusterTexts.replicas(view, view.self(), Audience.PLAIN))
        .containsExactly(
            REPLICA + " 127.0.0.1:22003@32003 slave " + ME + " 0 1795346792419 0 disconnected");
  }

  @Test
  void infoCountsSlotsNodesAndFrames() {
    assertThat(ClusterTexts.info(view(), 3).split("\r\n"))
        .containsExactly(
            "cluster_state:fail",
            "cluster_slots_assigned:16383",
            "cluster_slots_ok:16383",
            "cluster_slots_pfail:0",
            "cluster_slots_fail:0",
            "cluster_known_nodes:3",
            "cluster_size:2",
            "cluster_current_epoch:1",
            "cluster_my_epoch:0",
            "cluster_stats_messages_sent:0",
            "cluster_stats_messages_received:0",
            "total_cluster_links_buffer_limit_exceeded:3");
  }

  @Test
  void spansAreMaximalAndHaveOneOwner() {
    var spans = ShardTable.spans(view());
    assertThat(spans)
        .extracting(span -> span.first() + "-" + span.last() + " " + span.servers().owner().id())
        .containsExactly("0-8000 " + ME, "8002-8002 " + ME, "8003-16383 " + OTHER);
    assertThat(spans).allSatisfy(span -> assertThat(span.servers().replicas()).isEmpty());
    assertThat(spans).extracting(span -> span.servers().number()).containsExactly(0, 0, 1);
    assertThat(spans.get(1).servers()).isSameAs(spans.getFirst().servers());
  }

  @Test
  void shardsListTheirPrimaryFirst() {
    var shards = ShardTable.shards(view());
    assertThat(shards).hasSize(2);
    assertThat(shards.getFirst().nodes()).extracting(NodeView::id).containsExactly(ME, REPLICA);
    assertThat(shards.getFirst().slots()).isEqualTo(SlotSet.parse("0-8000 8002"));
    assertThat(shards.getFirst().nodes())
        .extracting(ShardTable::health)
        .containsExactly("online", "loading");
  }
}
