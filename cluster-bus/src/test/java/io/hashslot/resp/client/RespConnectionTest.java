package io.hashslot.resp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hashslot.resp.MalformedReplyException;
import io.hashslot.resp.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RespConnectionTest {
  private static final ConnectOptions IN_TIME = ConnectOptions.PLAIN.withTimeoutsMs(20_000, 60_000);

  @Test
  void shouldAnswerACall() throws Exception {
    try (var server = new ScriptedServer(_ -> "+PONG\r\n");
        var connection = RespConnection.open(server.endpoint(), IN_TIME)) {
      assertThat(connection.call("PING").asText()).isEqualTo("PONG");
      assertThat(server.received).containsExactly("PING");
    }
  }

  @Test
  void shouldGiveRepliesOfAPipelineInOrder() throws Exception {
    try (var server = new ScriptedServer(command -> "+" + command + "\r\n");
        var connection = RespConnection.open(server.endpoint(), IN_TIME)) {
      List<Command> commands = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        commands.add(Command.of("C" + i));
      }
      List<Reply> replies = connection.pipeline(commands);
      assertThat(replies).extracting(Reply::asText).first().isEqualTo("C0");
      assertThat(replies).extracting(Reply::asText).last().isEqualTo("C499");
    }
  }

  @Test
  void shouldIntroduceItselfBeforeAnythingElse() throws Exception {
    try (var server = new ScriptedServer(_ -> "+OK\r\n");
        var connection =
            RespConnection.open(
                server.endpoint(), IN_TIME.withUser("alice", "secret").withResp3())) {
      connection.call("PING");
      assertThat(server.received).containsExactly("AUTH alice secret", "HELLO 3", "PING");
    }
  }

  @Test
  void shouldFailToOpenWhenThePasswordIsRefused() throws Exception {
    try (var server = new ScriptedServer(_ -> "-WRONGPASS no\r\n")) {
      assertThatThrownBy(
              () -> RespConnection.open(server.endpoint(), IN_TIME.withUser(null, "wrong")))
          .isInstanceOf(RefusedException.class)
          .hasMessage("WRONGPASS no");
    }
  }

  @Test
  void shouldHandPushedMessagesToTheListenerAndTheReplyToTheCaller() throws Exception {
    try (var server = new ScriptedServer(_ -> ">2\r\n+invalidate\r\n*1\r\n$1\r\nk\r\n+OK\r\n");
        var connection = RespConnection.open(server.endpoint(), IN_TIME)) {
      List<String> pushed = new ArrayList<>();
      connection.onPush(push -> pushed.add(push.kind()));
      assertThat(connection.call("SET", "k", "v").isOk()).isTrue();
      assertThat(pushed).containsExactly("invalidate");
    }
  }

  @Test
  void shouldSayThatTheServerClosedTheConnection() throws Exception {
    try (var server = new ScriptedServer(_ -> "");
        var connection = RespConnection.open(server.endpoint(), IN_TIME)) {
      assertThatThrownBy(() -> connection.call("PING"))
          .isInstanceOf(ServerClosedException.class)
          .hasMessage("Server closed the connection");
    }
  }

  @Test
  void shouldRefuseToGuessWhenTheServerDoesNotSpeakResp() throws Exception {
    try (var server = new ScriptedServer(_ -> "HTTP/1.1 400\r\n");
        var connection = RespConnection.open(server.endpoint(), IN_TIME)) {
      assertThatThrownBy(() -> connection.call("PING"))
          .isInstanceOf(MalformedReplyException.class)
          .hasMessage("Protocol error, got \"H\" as reply type byte");
    }
  }

  @Test
  void shouldStopWaitingForASilentServer() throws Exception {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var endpoint = new Endpoint("127.0.0.1", silent.getLocalPort());
      try (var connection =
          RespConnection.open(endpoint, ConnectOptions.PLAIN.withTimeoutsMs(0, 50))) {
        assertThatThrownBy(() -> connection.call("PING"))
            .isInstanceOf(IOException.class)
            .extracting(e -> RespConnection.reasonOf((IOException) e))
            .isEqualTo("Resource temporarily unavailable");
      }
    }
  }

  @Test
  void shouldReadNothingTwiceAfterItHasWaitedTooLong() throws Exception {
    try (var server = new ScriptedServer(_ -> "+OK\r\n");
        var connection = RespConnection.open(server.endpoint(), IN_TIME)) {
      assertThat(connection.call("PING").asText()).isEqualTo("OK");
      connection.setReadTimeoutMs(20);
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(connection::receiveAny).isInstanceOf(SocketTimeoutException.class);
      }
    }
  }

  @Test
  void shouldNameTheReasonWhenNobodyListens() {
    // A port that was free a moment ago may be somebody else's by now, or the connection's own.
    assertThatThrownBy(() -> RespConnection.openBare(new Endpoint("127.0.0.1", 1), 20_000, null))
        .isInstanceOf(IOException.class)
        .extracting(e -> RespConnection.reasonOf((IOException) e))
        .isEqualTo("Connection refused");
  }
}
