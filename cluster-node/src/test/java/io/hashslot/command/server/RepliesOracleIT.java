package io.hashslot.command.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.config.Config;
import io.hashslot.node.Node;
import io.hashslot.oracle.Oracle;
import io.hashslot.oracle.OracleServer;
import io.hashslot.peer.Ports;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replies of the commands on the server and the connection, right and wrong usage, compared with
 * the oracle's byte for byte, under RESP2 and RESP3. Requests are lines of a file.
 */
class RepliesOracleIT {
  /** Follows each request, so that its reply is known to be complete. */
  private static final String MARK = "end-of-reply";

  @TempDir Path folder;

  @Test
  void shouldReplyAsTheOracleDoes() throws Exception {
    compare("replies/server.txt", false);
  }

  @Test
  void shouldReplyAsTheOracleDoesUnderResp3() throws Exception {
    compare("replies/server.txt", true);
  }

  private void compare(String file, boolean resp3) throws Exception {
    List<String> requests = lines(file);
    int port = Ports.next();
    // A cold start, or a busy machine, may make anything slow.
    List<String> common =
        List.of("--save", "", "--enable-debug-command", "yes", "--slowlog-log-slower-than", "-1");
    List<String> options =
        new ArrayList<>(List.of("--port", "" + port, "--bind", "127.0.0.1", "--dir", "" + folder));
    options.addAll(common);
    Config config = Config.of(options.toArray(new String[0]));
    String[] oracleOptions = common.toArray(new String[0]);
    try (var oracle = OracleServer.start(Oracle.VALKEY, folder, oracleOptions);
        var _ = Node.start(config)) {
      assertThat(replies(port, requests, resp3)).isEqualTo(replies(oracle.port(), requests, resp3));
    }
  }

  static List<String> lines(String file) throws IOException {
    try (InputStream in = RepliesOracleIT.class.getClassLoader().getResourceAsStream(file)) {
      assertThat(in).as(file).isNotNull();
      return new String(in.readAllBytes(), ISO_8859_1)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    }
  }

  private static List<String> replies(int port, List<String> requests, boolean resp3)
      throws IOException {
    List<String> replies = new ArrayList<>();
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(60_000);
      if (resp3) {
        ask(socket, "HELLO 3"); // what it tells of versions differs
      }
      for (String request : requests) {
        replies.add(request + " -> " + ask(socket, request));
      }
    }
    return replies;
  }

  static String ask(Socket socket, String request) throws IOException {
    socket.getOutputStream().write((request + "\r\necho " + MARK + "\r\n").getBytes(ISO_8859_1));
    var reply = new ByteArrayOutputStream();
    String text;
    do {
      int next = socket.getInputStream().read();
      if (next < 0) {
        return reply.toString(ISO_8859_1) + "(closed)";
      }
      reply.write(next);
      text = reply.toString(ISO_8859_1);
    } while (!text.endsWith(MARK + "\r\n"));
    return text.substring(0, text.lastIndexOf('$'));
  }
}
