package io.hashslot.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hashslot.config.Config;
import io.hashslot.peer.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How clients come in, and who is shown out. */
class DoorsIT {
  @TempDir Path folder;
  private final int port = Ports.next();

  private Node start(String... options) throws Exception {
    List<String> all =
        new ArrayList<>(List.of("--port", "" + port, "--dir", "" + folder, "--save", ""));
    all.addAll(List.of("--io-threads", "1"));
    all.addAll(List.of(options));
    return Node.start(Config.of(all.toArray(String[]::new)));
  }

  private static String answer(Socket socket, String request) throws Exception {
    socket.setSoTimeout(60_000);
    if (!request.isEmpty()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    }
    InputStream in = socket.getInputStream();
    var line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) line.append((char) c);
    return line.toString().strip();
  }

  @Test
  void thePidfileIsThereWhileTheServerRuns() throws Exception {
    Path file = folder.resolve("node.pid");
    try (var _ = start("--pidfile", "node.pid")) {
      assertThat(Files.readString(file)).isEqualTo(ProcessHandle.current().pid() + "\n");
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void theUnixSocketHasTheModeThatWasAskedFor() throws Exception {
    Path socket = folder.resolve("s");
    try (var _ = start("--port", "0", "--unixsocket", "s", "--unixsocketperm", "700");
        var client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
          .isEqualTo("rwx------");
      client.connect(UnixDomainSocketAddress.of(socket));
      client.write(ByteBuffer.wrap("PING\r\n".getBytes(StandardCharsets.UTF_8)));
      ByteBuffer reply = ByteBuffer.allocate(7);
      while (reply.hasRemaining() && client.read(reply) >= 0) {}
      assertThat(new String(reply.array(), StandardCharsets.UTF_8)).isEqualTo("+PONG\r\n");
    }
  }

  @Test
  void theUnixSocketBelongsToTheGroupThatWasNamed() throws Exception {
    Path socket = folder.resolve("s");
    String group = "daemon";
    Assumptions.assumeTrue(mayGiveTo(group), "only root may give a file to any group");
    try (var _ = start("--port", "0", "--unixsocket", "s", "--unixsocketgroup", group)) {
      assertThat(Files.getAttribute(socket, "posix:group")).hasToString(group);
    }
  }

  private boolean mayGiveTo(String group) throws IOException {
    Path file = Files.createFile(folder.resolve("f"));
    try {
      var names = file.getFileSystem().getUserPrincipalLookupService();
      Files.setAttribute(file, "posix:group", names.lookupPrincipalByGroupName(group));
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  @Test
  void aGroupThatThereIsNotIsNamedAtTheStart() {
    String group = "no-such-group";
    assertThatThrownBy(
            () -> start("--port", "0", "--unixsocket", "s", "--unixsocketgroup", group).close())
        .hasMessage(folder.resolve("s") + ": there is no group 'no-such-group'");
  }

  @Test
  void protectedModeTurnsStrangersAwayUntilThereIsAPassword() throws Exception {
    InetAddress outside =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> !address.isLoopbackAddress() && address.getAddress().length == 4)
            .findFirst()
            .orElse(null);
    Assumptions.assumeTrue(outside != null, "this machine has no address but the loopback's");
    try (var _ = start("--bind", "0.0.0.0")) {
      try (var stranger = new Socket(outside, port)) {
        assertThat(answer(stranger, "")).startsWith("-DENIED Redis is running in protected mode");
      }
      try (var friend = new Socket("127.0.0.1", port)) {
        assertThat(answer(friend, "PING\r\n")).isEqualTo("+PONG");
      }
    }
    try (var _ = start("--bind", "0.0.0.0", "--requirepass", "x");
        var stranger = new Socket(outside, port)) {
      assertThat(answer(stranger, "PING\r\n")).startsWith("-NOAUTH");
    }
  }

  @Test
  void aClientThatSendsNothingForTheTimeoutIsDisconnected() throws Exception {
    var config =
        Config.of("--port", "" + port, "--bind", "127.0.0.1", "--dir", "" + folder, "--save", "");
    try (var _ = Node.start(config);
        var idle = new Socket("127.0.0.1", port);
        var subscriber = new Socket("127.0.0.1", port)) {
      assertThat(answer(idle, "PING\r\n")).isEqualTo("+PONG");
      assertThat(answer(subscriber, "SUBSCRIBE c\r\n")).isEqualTo("*3");
      // Not before: whoever is late would be gone.
      config.set("timeout", "1");
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(idle.getInputStream().read()).isEqualTo(-1));
      subscriber.getInputStream().skipNBytes("$9\r\nsubscribe\r\n$1\r\nc\r\n:1\r\n".length());
      assertThat(answer(subscriber, "PING\r\n")).isEqualTo("*2");
    }
  }

  @Test
  void aPortThatIsTakenIsAnErrorUnlessTheAddressIsOptional() throws Exception {
    try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> start("--bind", "127.0.0.1")).hasMessageContaining("" + port);
    }
    try (var _ = start("--bind", "127.0.0.1", "-192.0.2.1");
        var client = new Socket("127.0.0.1", port)) {
      assertThat(answer(client, "PING\r\n")).isEqualTo("+PONG");
    }
  }

  @Test
  void portAndAddressesMoveWhileTheServerRuns() throws Exception {
    int other = Ports.next();
    var config =
        Config.of("--port", "" + port, "--bind", "127.0.0.1", "--dir", "" + folder, "--save", "");
    try (var _ = Node.start(config);
        var old = new Socket("127.0.0.1", port)) {
      config.set("port", "" + other, "bind", "127.0.0.1 -192.0.2.1");
      try (var client = new Socket("127.0.0.1", other)) {
        assertThat(answer(client, "PING\r\n")).isEqualTo("+PONG");
      }
      assertThat(answer(old, "PING\r\n")).as("those connected stay").isEqualTo("+PONG");
      assertThatThrownBy(() -> new Socket("127.0.0.1", port).close())
          .isInstanceOf(java.net.ConnectException.class);

      try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        assertThatThrownBy(() -> config.set("port", "" + taken.getLocalPort()))
            .hasMessageEndingWith("Unable to listen on this port. Check server logs.");
      }
      config.set("bind", "0.0.0.0");
      config.set("bind", "127.0.0.1");
      assertThatThrownBy(() -> config.set("bind", "192.0.2.1"))
          .hasMessageEndingWith("Failed to bind to specified addresses.");
      try (var client = new Socket("127.0.0.1", other)) {
        assertThat(answer(client, "PING\r\n")).isEqualTo("+PONG");
      }
    }
  }

  @Test
  void byDefaultClientsComeInByBothKindsOfAddresses() throws Exception {
    try (var _ = start()) {
      try (var four = new Socket("127.0.0.1", port)) {
        assertThat(answer(four, "CLIENT INFO\r\n")).startsWith("$");
      }
      InetAddress six = InetAddress.ofLiteral("::1");
      Assumptions.assumeTrue(NetworkInterface.getByInetAddress(six) != null, "there is no IPv6");
      try (var socket = new Socket(six, port)) {
        assertThat(answer(socket, "CLIENT INFO\r\n")).startsWith("$");
        assertThat(answer(socket, "")).contains("addr=[::1]:", "laddr=[::1]:" + port);
      }
    }
  }
}
