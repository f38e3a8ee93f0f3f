package io.hashslot.resp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hashslot.resp.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Two scripted nodes: what they answer is the scenario, what they received is the proof. */
class ClusterClientTest {
  private static final ConnectOptions IN_TIME = ConnectOptions.PLAIN.withTimeoutsMs(20_000, 60_000);

  private static String slots(Endpoint... halves) {
    var reply = new StringBuilder("*" + halves.length + "\r\n");
    int width = 16384 / halves.length;
    for (int i = 0; i < halves.length; i++) {
      reply.append("*3\r\n:" + i * width + "\r\n:" + ((i + 1) * width - 1) + "\r\n");
      reply.append("*2\r\n$9\r\n127.0.0.1\r\n:" + halves[i].port() + "\r\n");
    }
    return reply.toString();
  }

  private static ClusterClient clientOf(ScriptedServer server) {
    return new ClusterClient(List.of(server.endpoint()), IN_TIME);
  }

  private static Command get(String key) {
    return Command.of("GET", key);
  }

  @Test
  void shouldSendEachCommandToTheOwnerOfItsSlotAndKeepTheOrderOfReplies() throws Exception {
    var table = new AtomicReference<>("");
    try (var first =
            new ScriptedServer(c -> c.startsWith("CLUSTER") ? table.get() : "+1 " + c + "\r\n");
        var second = new ScriptedServer(c -> "+2 " + c + "\r\n");
        var client = clientOf(first)) {
      table.set(slots(first.endpoint(), second.endpoint()));
      List<ClusterClient.Routed> commands = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        commands.add(ClusterClient.Routed.byKey(get("key" + i)));
      }
      List<Reply> replies = client.callAll(commands);
      for (int i = 0; i < 1_000; i++) {
        String node = commands.get(i).slot() < 8192 ? "1" : "2";
        assertThat(replies.get(i).asText()).isEqualTo(node + " GET key" + i);
      }
    }
  }

  @Test
  void shouldFollowMovedAndReadTheTableAnew() throws Exception {
    var table = new AtomicReference<>("");
    var moved = new AtomicReference<>("");
    try (var first = new ScriptedServer(c -> c.startsWith("CLUSTER") ? table.get() : moved.get());
        var second = new ScriptedServer(c -> c.startsWith("CLUSTER") ? table.get() : "+here\r\n");
        var client = clientOf(first)) {
      table.set(slots(first.endpoint()));
      moved.set(
          "-MOVED " + io.hashslot.slot.Slots.of("k".getBytes()) + " " + second.endpoint() + "\r\n");
      client.table();
      table.set(slots(second.endpoint()));
      assertThat(client.call(get("k")).asText()).isEqualTo("here");
      assertThat(client.table().primaries()).containsExactly(second.endpoint());
    }
  }

  @Test
  void shouldAskOnceWithoutChangingItsTable() throws Exception {
    var table = new AtomicReference<>("");
    var ask = new AtomicReference<>("");
    try (var first = new ScriptedServer(c -> c.startsWith("CLUSTER") ? table.get() : ask.get());
        var second = new ScriptedServer(c -> c.equals("ASKING") ? "+OK\r\n" : "+imported\r\n");
        var client = clientOf(first)) {
      table.set(slots(first.endpoint()));
      ask.set("-ASK 1 " + second.endpoint() + "\r\n");
      assertThat(client.call(get("k")).asText()).isEqualTo("imported");
      assertThat(second.received).containsExactly("ASKING", "GET k");
      assertThat(client.table().primaries()).containsExactly(first.endpoint());
    }
  }

  @Test
  void shouldWaitOutTryAgainAndALostConnection() throws Exception {
    var table = new AtomicReference<>("");
    var calls = new AtomicInteger();
    try (var node =
            new ScriptedServer(
                c -> {
                  if (c.startsWith("CLUSTER")) {
                    return table.get();
                  }
                  return switch (calls.incrementAndGet()) {
                    case 1 -> "-TRYAGAIN later\r\n";
                    case 2 -> "";
                    case 3 -> "-CLUSTERDOWN Hash slot not served\r\n";
                    default -> "+at last\r\n";
                  };
                });
        var client = clientOf(node)) {
      table.set(slots(node.endpoint()));
      assertThat(client.call(get("k")).asText()).isEqualTo("at last");
    }
  }

  @Test
  void shouldGiveOtherErrorsToTheCallerAtOnce() throws Exception {
    var table = new AtomicReference<>("");
    try (var node =
            new ScriptedServer(c -> c.startsWith("CLUSTER") ? table.get() : "-WRONGTYPE no\r\n");
        var client = clientOf(node)) {
      table.set(slots(node.endpoint()));
      assertThat(client.call(get("k")).isFailure("WRONGTYPE")).isTrue();
      assertThat(node.received).containsExactly("CLUSTER SLOTS", "GET k");
    }
  }

  @Test
  void shouldNotInsistOnANodeThatIsNoCluster() throws Exception {
    try (var node = new ScriptedServer(_ -> "-ERR This instance has cluster support disabled\r\n");
        var client = clientOf(node)) {
      assertThatThrownBy(() -> client.call(get("k")))
          .isInstanceOf(RefusedException.class)
          .hasMessage("ERR This instance has cluster support disabled");
      assertThat(node.received).hasSize(1);
    }
  }

  @Test
  void shouldFailAtOnceWhenNobodyAnswersTheFirstTime() throws Exception {
    // A port that was free a moment ago may be somebody else's by now, or the connection's own.
    var gone = new Endpoint("127.0.0.1", 1);
    try (var client = new ClusterClient(List.of(gone), IN_TIME)) {
      assertThatThrownBy(() -> client.call(get("k"))).isInstanceOf(java.net.SocketException.class);
    }
  }

  @Test
  void shouldUnderstandAMissingHostAsTheHostThatAnswered() throws IOException {
    var from = new Endpoint("10.0.0.1", 7000);
    var moved = new Reply.Failure("MOVED 12 :7001".getBytes());
    assertThat(Redirection.of(moved, from))
        .isEqualTo(new Redirection(false, 12, new Endpoint("10.0.0.1", 7001)));
    var ipv6 = new Reply.Failure("ASK 12 fe80::1:7001".getBytes());
    assertThat(Redirection.of(ipv6, from))
        .isEqualTo(new Redirection(true, 12, new Endpoint("fe80::1", 7001)));
    assertThat(Redirection.of(new Reply.Failure("MOVED x".getBytes()), from)).isNull();
  }
}
