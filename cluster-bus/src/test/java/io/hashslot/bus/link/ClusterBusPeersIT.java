package io.hashslot.bus.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hashslot.bus.core.Answer;
import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.peer.PeerServer;
import io.hashslot.peer.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** In one cluster with redis-server 7.0.15 and valkey-server 8.0.1, over sockets. */
class ClusterBusPeersIT {
  /** Node timeout: on a busy machine nobody is forgotten or suspected, and no link is cut. */
  private static final int PATIENT_MS = 60_000;

  @TempDir private Path folder;

  private PeerServer peer(PeerServer.Kind kind, String name, String... options) {
    List<String> all = new ArrayList<>(List.of("--cluster-node-timeout", "" + PATIENT_MS));
    all.addAll(List.of(options));
    return PeerServer.start(kind, folder.resolve(name), all.toArray(String[]::new));
  }

  @ParameterizedTest
  @EnumSource(PeerServer.Kind.class)
  void weMeetTheServer(PeerServer.Kind kind) {
    try (PeerServer peer = peer(kind, "peer");
        BusNode us = BusNode.start(folder.resolve("us"), PATIENT_MS)) {
      assertThat(us.meet(peer.port(), peer.busPort())).isEqualTo(Answer.OK);
      awaitConnected(us, peer);
      assertThat(peer.nodeLine(us.id()))
          .contains("127.0.0.1:" + us.clientPort + "@" + us.busPort(), "master");
    }
  }

  @ParameterizedTest
  @EnumSource(PeerServer.Kind.class)
  void theServerMeetsUs(PeerServer.Kind kind) {
    try (PeerServer peer = peer(kind, "peer");
        BusNode us = BusNode.start(folder.resolve("us"), PATIENT_MS)) {
      peer.call("CLUSTER", "MEET", "127.0.0.1", "" + us.clientPort, "" + us.busPort());
      awaitConnected(us, peer);
    }
  }

  @ParameterizedTest
  @EnumSource(PeerServer.Kind.class)
  void membersSpreadByGossip(PeerServer.Kind kind) {
    try (PeerServer one = peer(kind, "one");
        PeerServer two = peer(other(kind), "two");
        BusNode us = BusNode.start(folder.resolve("us"), PATIENT_MS)) {
      one.call("CLUSTER", "MEET", "127.0.0.1", "" + two.port(), "" + two.busPort());
      await().atMost(BusNode.PATIENCE).until(() -> one.nodeLine(two.id()).contains("master"));
      us.meet(one.port(), one.busPort());
      awaitConnected(us, one);
      awaitConnected(us, two);
    }
  }

  @ParameterizedTest
  @EnumSource(PeerServer.Kind.class)
  void slotsAreSeenOnBothSides(PeerServer.Kind kind) {
    try (PeerServer peer = peer(kind, "peer");
        BusNode us = BusNode.start(folder.resolve("us"), PATIENT_MS)) {
      us.meet(peer.port(), peer.busPort());
      awaitConnected(us, peer);
      us.ask(new ClusterRequest.AddSlots(IntStream.rangeClosed(0, 8000).toArray()));
      peer.call("CLUSTER", "ADDSLOTSRANGE", "8001", "16383");
      await().atMost(BusNode.PATIENCE).until(() -> us.view().owner(16383) != null);
      await().atMost(BusNode.PATIENCE).until(() -> peer.nodeLine(us.id()).endsWith(" 0-8000"));
      await("both to see a healthy cluster")
          .atMost(BusNode.PATIENCE)
          .until(
              () ->
                  us.view().health().ok()
                      && peer.call("CLUSTER", "INFO").contains("cluster_state:ok"));
      assertThat(peer.call("SET", "foo", "bar")).as("slot 12182").isEqualTo("OK");
      assertThat(peer.call("SET", "bar", "1")).isEqualTo("MOVED 5061 127.0.0.1:" + us.clientPort);
    }
  }

  @ParameterizedTest
  @EnumSource(PeerServer.Kind.class)
  void messagesGoBothWays(PeerServer.Kind kind) throws Exception {
    try (PeerServer peer = peer(kind, "peer");
        BusNode us = BusNode.start(folder.resolve("us"), PATIENT_MS);
        Subscriber subscriber = new Subscriber(peer.port(), "news")) {
      us.meet(peer.port(), peer.busPort());
      awaitConnected(us, peer);
      await("its message")
          .atMost(BusNode.PATIENCE)
          .until(
              () -> {
                peer.call("PUBLISH", "talk", "from the server");
                return us.host.heard.contains("message talk from the server");
              });
      us.bus().broadcast("news".getBytes(UTF_8), "from us".getBytes(UTF_8), false);
      assertThat(subscriber.nextMessage()).isEqualTo("from us");
    }
  }

  /** Many times the size of any buffer on the way. */
  @ParameterizedTest
  @EnumSource(PeerServer.Kind.class)
  void longMessagesArriveWhole(PeerServer.Kind kind) throws Exception {
    String message = "0123456789".repeat(300_000);
    try (PeerServer peer = peer(kind, "peer");
        BusNode us = BusNode.start(folder.resolve("us"), PATIENT_MS);
        Subscriber subscriber = new Subscriber(peer.port(), "news")) {
      us.meet(peer.port(), peer.busPort());
      awaitConnected(us, peer);
      us.bus().broadcast("news".getBytes(UTF_8), message.getBytes(UTF_8), false);
      assertThat(subscriber.nextMessage().equals(message)).isTrue();
      peer.call("PUBLISH", "talk", message);
      await("its message")
          .atMost(BusNode.PATIENCE)
          .until(() -> us.host.heard.contains("message talk " + message));
    }
  }

  /** Addresses are compared as text: ours must be written as the C servers write them. */
  @ParameterizedTest
  @EnumSource(PeerServer.Kind.class)
  void ipv6AddressesHaveTheShortForm(PeerServer.Kind kind) throws Exception {
    assumeTrue(hasIpv6Loopback(), "no IPv6 here");
    BusOptions ipv6 = BusOptions.plain("::1", Ports.next());
    try (PeerServer peer = peer(kind, "peer", "--bind", "127.0.0.1", "::1");
        BusNode us = BusNode.start(folder.resolve("us"), PATIENT_MS, ipv6)) {
      us.ask(new ClusterRequest.Meet("::1", peer.port(), peer.busPort()));
      awaitConnected(us, peer);
      assertThat(peer.nodeLine(us.id())).contains(" ::1:" + us.clientPort + "@" + us.busPort());
      assertThat(us.view().node(peer.id()).ip()).isEqualTo("::1");
      assertThat(us.view().self().ip()).isEqualTo("::1");
    }
  }

  private static boolean hasIpv6Loopback() {
    try (ServerSocket _ = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @ParameterizedTest
  @EnumSource(PeerServer.Kind.class)
  void aSilentServerIsSuspectedAndComesBack(PeerServer.Kind kind) {
    try (PeerServer peer = PeerServer.start(kind, folder.resolve("peer"));
        BusNode us = BusNode.start(folder.resolve("us"))) {
      Greeting.until(
          "both to be connected",
          () -> us.meet(peer.port(), peer.busPort()),
          () -> areConnected(us, peer));
      us.host.stalledForMs = 60_000;
      await("the server to suspect us")
          .atMost(BusNode.PATIENCE)
          .until(() -> peer.nodeLine(us.id()).contains("fail"));
      us.host.stalledForMs = 0;
      await("the server to trust us again")
          .atMost(BusNode.PATIENCE)
          .until(() -> !peer.nodeLine(us.id()).contains("fail"));
    }
  }

  private static void awaitConnected(BusNode us, PeerServer peer) {
    await(peer + " and we to be connected")
        .atMost(BusNode.PATIENCE)
        .until(() -> areConnected(us, peer));
  }

  private static boolean areConnected(BusNode us, PeerServer peer) {
    return us.isConnectedTo(peer.id())
        && peer.nodeLine(us.id()).matches(".* connected( .*)?")
        && !peer.nodeLine(us.id()).contains("handshake");
  }

  private static PeerServer.Kind other(PeerServer.Kind kind) {
    return kind == PeerServer.Kind.REDIS ? PeerServer.Kind.VALKEY : PeerServer.Kind.REDIS;
  }
}
