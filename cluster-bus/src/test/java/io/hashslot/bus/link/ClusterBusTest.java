package io.hashslot.bus.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hashslot.bus.core.Answer;
import io.hashslot.bus.core.ClusterConfig;
import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.bus.wire.FrameEncoder;
import io.hashslot.bus.wire.MessageType;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our own nodes among themselves, and strangers who speak to them over sockets. */
class ClusterBusTest {
  /** Node timeout of who is to be forgotten, or to fall silent. */
  private static final int HASTY_MS = 2_000;

  /** Of all others: on a busy machine nobody is forgotten or suspected, and no link is cut. */
  private static final int PATIENT_MS = 60_000;

  @TempDir private Path folder;

  @Test
  void nodesMeetAndSeeEachOther() {
    try (BusNode a = start("a");
        BusNode b = start("b");
        BusNode c = start("c")) {
      assertThat(a.meet(b.clientPort, b.busPort())).isEqualTo(Answer.OK);
      assertThat(a.meet(c.clientPort, c.busPort())).isEqualTo(Answer.OK);
      awaitMesh(a, b, c);
    }
  }

  @Test
  void slotsAndMessagesReachTheOthers() {
    try (BusNode a = start("a");
        BusNode b = start("b")) {
      a.meet(b.clientPort, b.busPort());
      awaitMesh(a, b);
      assertThat(a.ask(new ClusterRequest.AddSlots(new int[] {5, 6}))).isEqualTo(Answer.OK);
      await().atMost(BusNode.PATIENCE).until(() -> b.view().owner(5) != null);
      assertThat(b.view().owner(6).id()).hasToString(a.id());
      a.bus().broadcast("news".getBytes(UTF_8), "hello".getBytes(UTF_8), false);
      await().atMost(BusNode.PATIENCE).until(() -> b.host.heard.contains("message news hello"));
    }
  }

  @Test
  void aNodeComesBackWithItsIdentityAndItsPeers() throws IOException {
    try (BusNode a = start("a")) {
      String id;
      try (BusNode b = start("b")) {
        a.meet(b.clientPort, b.busPort());
        awaitMesh(a, b);
        id = b.id();
      }
      assertThat(Files.readString(folder.resolve("b/nodes.conf"))).contains(id, a.id());
      try (BusNode b = start("b")) {
        assertThat(b.id()).isEqualTo(id);
        awaitMesh(a, b);
      }
    }
  }

  @Test
  void aRequestIsRefusedWithTheReason() {
    try (BusNode a = start("a")) {
      assertThat(a.meet(0, 0)).isInstanceOf(Answer.Failure.class);
    }
  }

  @Test
  void whatIsNoBusIsClosed() throws IOException {
    try (BusNode a = start("a")) {
      expectClosed(a, "GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8));
      byte[] tooShort = ping(77);
      tooShort[6] = 0;
      tooShort[7] = 100;
      expectClosed(a, tooShort);
      byte[] tooLong = ping(77);
      tooLong[4] = (byte) 0xFF;
      expectClosed(a, tooLong);
    }
  }

  /** In one write, byte by byte, and several in one. */
  @Test
  void framesAreCutOutOfTheStreamWhereverItIsBroken() throws IOException {
    try (BusNode a = start("a");
        Socket stranger = connect(a)) {
      byte[] ping = ping(77);
      stranger.getOutputStream().write(ping);
      expectPong(stranger, a);
      for (int at = 0; at < ping.length; at += 13) {
        stranger.getOutputStream().write(ping, at, Math.min(13, ping.length - at));
      }
      expectPong(stranger, a);
      byte[] three = Arrays.copyOf(ping, ping.length * 3);
      System.arraycopy(ping, 0, three, ping.length, ping.length);
      System.arraycopy(ping, 0, three, 2 * ping.length, ping.length);
      stranger.getOutputStream().write(three, 0, ping.length * 2 + 10);
      expectPong(stranger, a);
      expectPong(stranger, a);
      stranger.getOutputStream().write(three, ping.length * 2 + 10, ping.length - 10);
      expectPong(stranger, a);
    }
  }

  @Test
  void aFrameThatIsUnsoundIsDroppedAndTheLinkStays() throws IOException {
    try (BusNode a = start("a");
        Socket stranger = connect(a)) {
      byte[] version = ping(77);
      version[9] = 2;
      stranger.getOutputStream().write(version);
      stranger.getOutputStream().write(ping(77));
      expectPong(stranger, a);
    }
  }

  /** A server whose loops hang must look dead: the bus alone would keep it alive. */
  @Test
  void theBusFallsSilentWhileTheServerHangs() throws IOException {
    try (BusNode a = BusNode.start(folder.resolve("a"), HASTY_MS);
        Socket stranger = connect(a)) {
      stranger.getOutputStream().write(ping(77));
      expectPong(stranger, a);
      a.host.stalledForMs = HASTY_MS / 2 + 1;
      var answers = new ArrayList<CompletableFuture<Answer>>();
      await()
          .atMost(BusNode.PATIENCE)
          .until(
              () -> {
                stranger.getOutputStream().write(ping(77));
                if (!isQuiet(stranger)) return false;
                var answer = new CompletableFuture<Answer>();
                answers.add(answer);
                a.bus().request(new ClusterRequest.BumpEpoch(), answer::complete);
                return isQuiet(stranger) && !answer.isDone();
              });
      a.host.stalledForMs = 0;
      expectPong(stranger, a);
      assertThat(answers.getLast().orTimeout(60, TimeUnit.SECONDS).join())
          .isInstanceOf(Answer.class);
    }
  }

  /** The host must not throw; if it does all the same, the clock of the node goes on. */
  @Test
  void aMistakeOfTheHostDoesNotStopTheTicks() {
    try (BusNode a = start("a");
        BusNode b = start("b")) {
      a.host.mistaken = true;
      await().atMost(BusNode.PATIENCE).until(() -> a.host.mistakes.get() > 3);
      a.host.mistaken = false;
      a.meet(b.clientPort, b.busPort());
      awaitMesh(a, b);
    }
  }

  @Test
  void nobodyIsAcceptedUntilTheHostAllowsIt() throws IOException {
    try (BusNode a = start("a")) {
      a.host.acceptsPeers = false;
      await()
          .atMost(BusNode.PATIENCE)
          .until(
              () -> {
                try (Socket stranger = connect(a)) {
                  stranger.getOutputStream().write(ping(77));
                  return isQuiet(stranger);
                }
              });
      try (Socket stranger = connect(a)) {
        stranger.getOutputStream().write(ping(77));
        a.host.acceptsPeers = true;
        expectPong(stranger, a);
      }
    }
  }

  @Test
  void aPeerThatDoesNotReadIsCutOffAtTheLimit() throws IOException {
    try (BusNode a = start("a");
        Socket deaf = new Socket()) {
      deaf.setReceiveBufferSize(4096);
      deaf.connect(new InetSocketAddress("127.0.0.1", a.busPort()));
      deaf.setSoTimeout(60_000);
      a.bus().configure(config(a), 100_000);
      Thread.ofVirtual().start(() -> flood(deaf));
      await().atMost(BusNode.PATIENCE).until(() -> a.bus().linksClosedForSendBuffer() == 1);
      CompletableFuture<List<LinkGauge>> gauges = new CompletableFuture<>();
      a.bus().gauges(gauges::complete);
      assertThat(gauges.orTimeout(60, TimeUnit.SECONDS).join()).isEmpty();
    }
  }

  @Test
  void twoBusesCannotShareAPort() {
    try (BusNode a = start("a")) {
      BusOptions same = BusOptions.plain("127.0.0.1", a.busPort());
      assertThatThrownBy(() -> BusNode.start(folder.resolve("b"), 2000, same))
          .hasMessageContaining("cannot listen for the cluster bus");
    }
  }

  @Test
  void anAddressThatCannotBeReachedIsALinkThatGoesDown() {
    try (BusNode a = BusNode.start(folder.resolve("a"), HASTY_MS)) {
      assertThat(a.ask(new ClusterRequest.Meet("127.0.0.1", 7, 1))).isEqualTo(Answer.OK);
      await().atMost(BusNode.PATIENCE).until(() -> a.view().nodes().size() == 2);
      await("the handshake to be given up")
          .atMost(BusNode.PATIENCE)
          .until(() -> a.view().nodes().size() == 1);
    }
  }

  /** Asks for answers until the connection ends. */
  private static void flood(Socket socket) {
    byte[] ping = ping(77);
    try {
      while (true) {
        socket.getOutputStream().write(ping);
      }
    } catch (IOException e) {
      assertThat(e).isNotNull();
    }
  }

  private BusNode start(String name) {
    return BusNode.start(folder.resolve(name), PATIENT_MS);
  }

  private static ClusterConfig config(BusNode node) {
    return ClusterConfig.defaults(node.clientPort);
  }

  private static void awaitMesh(BusNode... nodes) {
    await("all to be connected to all")
        .atMost(BusNode.PATIENCE)
        .until(
            () ->
                IntStream.range(0, nodes.length * nodes.length)
                    .allMatch(
                        i ->
                            i / nodes.length == i % nodes.length
                                || nodes[i / nodes.length].isConnectedTo(
                                    nodes[i % nodes.length].id())));
  }

  private static Socket connect(BusNode node) throws IOException {
    Socket socket = new Socket("127.0.0.1", node.busPort());
    socket.setSoTimeout(60_000);
    return socket;
  }

  private static byte[] ping(int sender) {
    ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    int length =
        new FrameEncoder()
            .begin(buffer, 0, MessageType.PING)
            .sender(NodeId.random(new SplittableRandom(sender)))
            .nodeFlags(NodeFlags.PRIMARY | NodeFlags.MYSELF)
            .finish();
    return Arrays.copyOf(buffer.byteArray(), length);
  }

  private static void expectClosed(BusNode node, byte[] bytes) throws IOException {
    try (Socket stranger = connect(node)) {
      stranger.getOutputStream().write(bytes);
      assertThat(stranger.getInputStream().read()).isEqualTo(-1);
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset");
    }
  }

  private static void expectPong(Socket stranger, BusNode from) throws IOException {
    InputStream in = stranger.getInputStream();
    byte[] head = in.readNBytes(80);
    assertThat(new String(head, 0, 4, UTF_8)).isEqualTo("RCmb");
    assertThat(head[13]).as("type").isEqualTo((byte) MessageType.PONG.code());
    assertThat(new String(head, 40, 40, UTF_8)).isEqualTo(from.id());
    int length = (head[5] & 0xFF) << 16 | (head[6] & 0xFF) << 8 | head[7] & 0xFF;
    assertThat(in.readNBytes(length - 80)).hasSize(length - 80);
  }

  /** Whether nothing comes for a while. */
  private static boolean isQuiet(Socket socket) throws IOException {
    socket.setSoTimeout(300);
    try {
      int read = socket.getInputStream().read(new byte[1 << 16]);
      return read < 0;
    } catch (SocketTimeoutException e) {
      return true;
    } finally {
      socket.setSoTimeout(60_000);
    }
  }
}
