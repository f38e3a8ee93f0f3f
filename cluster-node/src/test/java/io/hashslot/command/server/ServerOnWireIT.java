package io.hashslot.command.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.config.Config;
import io.hashslot.node.Node;
import io.hashslot.peer.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients on different event loops do to each other. */
class ServerOnWireIT {
  private static final int PATIENCE_MS = 60_000;

  @TempDir Path folder;

  private final List<Client> clients = new ArrayList<>();
  private Node node;
  private int port;

  @BeforeEach
  void start() throws Exception {
    port = Ports.next();
    node =
        Node.start(
            Config.of(
                "--port",
                "" + port,
                "--bind",
                "127.0.0.1",
                "--dir",
                folder.toString(),
                "--save",
                "",
                "--io-threads",
                "2",
                "--enable-debug-command",
                "local"));
  }

  @AfterEach
  void stop() throws IOException {
    for (Client client : clients) {
      client.close();
    }
    node.close();
  }

  private Client connect() throws IOException {
    Client client = new Client(port);
    clients.add(client);
    return client;
  }

  private static final class Client implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;

    Client(int port) throws IOException {
      socket = new Socket("127.0.0.1", port);
      socket.setSoTimeout(PATIENCE_MS);
      in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
    }

    void send(String request) throws IOException {
      socket.getOutputStream().write((request + "\r\n").getBytes(ISO_8859_1));
    }

    String line() throws IOException {
      return in.readLine();
    }

    String ask(String request) throws IOException {
      send(request);
      return line();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void shouldShowEachCommandToMonitorsOfAllLoops() throws Exception {
    List<Client> monitors = List.of(connect(), connect(), connect());
    for (Client monitor : monitors) {
      assertThat(monitor.ask("MONITOR")).isEqualTo("+OK");
    }
    Client client = connect();
    client.ask("CONFIG SET maxclients 500");
    client.ask("AUTH default secret");
    client.ask("SET k \"a b\"");
    for (Client monitor : monitors) {
      assertThat(monitor.line()).endsWith("] \"AUTH\" \"(redacted)\" \"(redacted)\"");
      assertThat(monitor.line()).matches("\\+\\d+\\.\\d{6} \\[0 127.*] \"SET\" \"k\" \"a b\"");
    }
    assertThat(monitors.getFirst().ask("RESET")).isEqualTo("+RESET");
    assertThat(client.ask("SET k again")).isEqualTo("+OK");
    assertThat(monitors.getFirst().ask("PING")).isEqualTo("+PONG");
    assertThat(monitors.getLast().line()).endsWith("\"RESET\"");
    assertThat(monitors.getLast().line()).endsWith("\"SET\" \"k\" \"again\"");
  }

  @Test
  void shouldCloseClientsOfAllLoops() throws Exception {
    List<Client> victims = List.of(connect(), connect(), connect(), connect());
    for (Client victim : victims) {
      victim.ask("PING");
    }
    Client client = connect();
    assertThat(client.ask("CLIENT KILL TYPE normal")).isEqualTo(":4");
    for (Client victim : victims) {
      assertThat(victim.line()).isNull();
    }
    assertThat(client.ask("CLIENT KILL TYPE normal SKIPME no")).isEqualTo(":1");
    assertThat(client.line()).isNull();
  }

  @Test
  void shouldHoldClientsOfAllLoopsBackUntilThePauseEnds() throws Exception {
    List<Client> held = List.of(connect(), connect(), connect());
    Client client = connect();
    assertThat(client.ask("CLIENT PAUSE 600000 WRITE")).isEqualTo("+OK");
    for (Client one : held) {
      one.send("SET k v");
    }
    assertThat(client.ask("GET k")).isEqualTo("$-1");
    assertThat(client.ask("CLIENT UNPAUSE")).isEqualTo("+OK");
    for (Client one : held) {
      assertThat(one.line()).isEqualTo("+OK");
    }
  }

  @Test
  void shouldAnswerOneClientAtATimeOfAnother() throws Exception {
    List<Client> waiting = List.of(connect(), connect(), connect());
    List<String> ids = new ArrayList<>();
    for (Client one : waiting) {
      ids.add(one.ask("CLIENT ID").substring(1));
      one.send("WAIT 1 0");
    }
    Client client = connect();
    assertThat(client.ask("CLIENT UNBLOCK 1000000")).isEqualTo(":0");
    for (int i = 0; i < ids.size(); i++) {
      String done;
      do {
        done = client.ask("CLIENT UNBLOCK " + ids.get(i) + " ERROR");
      } while (done.equals(":0"));
      assertThat(done).isEqualTo(":1");
      assertThat(waiting.get(i).line()).isEqualTo("-UNBLOCKED client unblocked via CLIENT UNBLOCK");
      assertThat(waiting.get(i).ask("PING")).isEqualTo("+PONG");
    }
  }

  @Test
  void shouldStallEverybodyWhoWantsDataDuringDebugSleep() throws Exception {
    Client sleeper = connect();
    Client reader = connect();
    reader.ask("CONFIG SET slowlog-log-slower-than 100000");
    sleeper.send("DEBUG SLEEP 0.3");
    assertThat(sleeper.line()).isEqualTo("+OK");
    assertThat(reader.ask("GET k")).isEqualTo("$-1");
    // On a busy machine others may be slow, too.
    assertThat(reader.ask("SLOWLOG LEN")).isNotEqualTo(":0");
  }

  @Test
  void shouldKeepDataAndItsDigestOverAReload() throws Exception {
    Client client = connect();
    client.ask("SET a 1");
    client.ask("SET b hello PX 100000000");
    client.ask("SELECT 3");
    client.ask("SET c 2");
    String digest = client.ask("DEBUG DIGEST");
    assertThat(client.ask("DEBUG RELOAD")).isEqualTo("+OK");
    assertThat(client.ask("DEBUG DIGEST")).isEqualTo(digest);
    client.ask("SET c 3");
    assertThat(client.ask("DEBUG DIGEST")).isNotEqualTo(digest);
  }

  @Test
  void shouldAskForAPasswordAsSoonAsOneIsSet() throws Exception {
    Client client = connect();
    assertThat(client.ask("CONFIG SET requirepass secret")).isEqualTo("+OK");
    Client newcomer = connect();
    assertThat(newcomer.ask("GET k")).isEqualTo("-NOAUTH Authentication required.");
    assertThat(newcomer.ask("AUTH secret")).isEqualTo("+OK");
    assertThat(newcomer.ask("GET k")).isEqualTo("$-1");
  }

  @Test
  void shouldBeginAnotherHistory() throws Exception {
    Client client = connect();
    String before = replicationId(client);
    assertThat(client.ask("DEBUG CHANGE-REPL-ID")).isEqualTo("+OK");
    // The history belongs to another loop, which gets to it soon.
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> !replicationId(client).equals(before));
  }

  private static String replicationId(Client client) throws IOException {
    String id = "";
    client.send("INFO replication");
    int left = Integer.parseInt(client.line().substring(1));
    while (left > 0) {
      String line = client.line();
      left -= line.length() + 2;
      id = line.startsWith("master_replid:") ? line : id;
    }
    assertThat(client.line()).isEmpty();
    return id;
  }

  @Test
  void shouldEndOnlyWhenAskedRightly() throws Exception {
    Client client = connect();
    assertThat(client.ask("SHUTDOWN ABORT")).isEqualTo("-ERR No shutdown in progress.");
    assertThat(client.ask("SHUTDOWN SAVE NOSAVE")).isEqualTo("-ERR syntax error");
    assertThat(client.ask("PING")).isEqualTo("+PONG");
  }
}
