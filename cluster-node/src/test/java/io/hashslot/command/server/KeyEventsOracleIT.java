package io.hashslot.command.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.net.RunningNode;
import io.hashslot.oracle.Oracle;
import io.hashslot.oracle.OracleServer;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is published of keys, command by command, compared with the oracle's byte for byte: every
 * class of events with its letter of {@code notify-keyspace-events}. The client that hears of the
 * events is the one that causes them, so their place after the reply is compared, too.
 */
class KeyEventsOracleIT {
  private static final String COMMANDS = "replies/events.txt";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "KEAmn", "Kg", "E$", "Kl", "Es", "Kh", "Ez", "Kx", "Et", "Km", "En", "Kd", "Ee", "KE", "Ax"
      })
  void shouldPublishWhatTheOraclePublishes(String classes) throws Exception {
    List<String> expected;
    try (var oracle =
        OracleServer.start(Oracle.VALKEY, folder, "--save", "", "--enable-debug-command", "yes")) {
      expected = published(oracle.port(), classes);
    }
    try (var node = new RunningNode(folder.resolve("ours"), "--enable-debug-command", "yes")) {
      assertThat(published(node.port(), classes)).isEqualTo(expected);
    }
  }

  private static List<String> published(int port, String classes) throws Exception {
    List<String> published = new ArrayList<>();
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(60_000);
      RepliesOracleIT.ask(socket, "HELLO 3");
      RepliesOracleIT.ask(socket, "CONFIG SET notify-keyspace-events " + classes);
      RepliesOracleIT.ask(socket, "PSUBSCRIBE *");
      for (String command : RepliesOracleIT.lines(COMMANDS)) {
        published.add(command + " -> " + RepliesOracleIT.ask(socket, command));
      }
    }
    return published;
  }
}
