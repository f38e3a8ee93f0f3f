package io.hashslot.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.resp.client.Endpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same words to redis-cli and to ours, on the same redis-server: what they print, and their
 * exit statuses, must be equal byte for byte.
 */
class RedisCliComparisonIT {
  private static final List<String> MODES =
      List.of("--raw", "--no-raw", "--csv", "--json", "--quoted-json");

  @TempDir static Path folder;
  private static RealServers servers;
  private static Endpoint server;

  @BeforeAll
  static void startServer() throws Exception {
    RealServers.require("redis-server", "redis-cli");
    servers = new RealServers(folder);
    server = servers.start("redis-server", "--enable-debug-command", "yes");
    RealServers.ask(server, "HSET", "hash", "field", "value", "bytes", "a\u0001\"\\\n\té");
    RealServers.ask(server, "RPUSH", "list", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k");
    RealServers.ask(server, "XADD", "stream", "1-1", "a", "b", "c", "d");
    RealServers.ask(server, "XGROUP", "CREATE", "stream", "group", "0");
    RealServers.ask(server, "ZADD", "zset", "1.5", "a", "2", "b");
    RealServers.ask(server, "SADD", "set", "x");
    RealServers.ask(server, "SET", "text", "hello");
  }

  @AfterAll
  static void stopServer() throws Exception {
    if (servers != null) {
      servers.close();
    }
  }

  private static void assertSame(boolean terminal, String input, List<String> words)
      throws Exception {
    List<String> ours = new ArrayList<>(List.of("-p", Integer.toString(server.port())));
    ours.addAll(words);
    List<String> theirs =
        new ArrayList<>(List.of("env", terminal ? "FAKETTY=1" : "NOTTY=1", "redis-cli"));
    theirs.addAll(ours);
    OurCli cli = terminal ? OurCli.onTerminal() : OurCli.plain();
    assertThat(withoutTimes(cli.run(input.getBytes(UTF_8), ours)))
        .as("%s", ours)
        .isEqualTo(withoutTimes(RealServers.run(input.getBytes(UTF_8), theirs)));
  }

  /** On a terminal both say how long they waited for a reply, where it was half a second. */
  private static RealServers.Printed withoutTimes(RealServers.Printed printed) {
    return new RealServers.Printed(
        printed.text().replaceAll("(?m)^\\(\\d+\\.\\d{2}s\\)\n", ""), printed.status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PING",
        "GET text",
        "GET missing",
        "NOSUCH command",
        "LRANGE list 0 -1",
        "LRANGE list 0 0",
        "LRANGE missing 0 -1",
        "HGETALL hash",
        "SMEMBERS set",
        "ZRANGE zset 0 -1 WITHSCORES",
        "ZSCORE zset a",
        "XRANGE stream - +",
        "XINFO STREAM stream FULL",
        "XREAD COUNT 1 STREAMS stream 0",
        "BLPOP missing 0.01",
        "EXISTS text",
        "COMMAND GETKEYS SET a b",
        "COMMAND DOCS GET",
        "CONFIG GET save*",
        "CLIENT GETNAME",
        "MEMORY DOCTOR",
        "LATENCY DOCTOR",
        "CLUSTER INFO",
        "DEBUG PROTOCOL string",
        "DEBUG PROTOCOL integer",
        "DEBUG PROTOCOL double",
        "DEBUG PROTOCOL null",
        "DEBUG PROTOCOL array",
        "DEBUG PROTOCOL set",
        "DEBUG PROTOCOL map",
        "DEBUG PROTOCOL verbatim",
        "DEBUG PROTOCOL true",
        "DEBUG PROTOCOL false"
      })
  void shouldShowReplies(String command) throws Exception {
    for (String protocol : List.of("-2", "-3")) {
      for (String mode : MODES) {
        List<String> words = new ArrayList<>(List.of(protocol, mode));
        words.addAll(List.of(command.split(" ")));
        assertSame(false, "", words);
      }
    }
  }

  @Test
  void shouldTakeOptions() throws Exception {
    assertSame(false, "", List.of("-r", "3", "PING"));
    assertSame(false, "", List.of("-e", "NOSUCH"));
    assertSame(false, "", List.of("-e", "-r", "2", "NOSUCH"));
    assertSame(false, "", List.of("-n", "3", "CLIENT", "NO-EVICT", "off"));
    assertSame(false, "", List.of("-n", "99", "PING"));
    assertSame(false, "", List.of("-a", "wrong", "PING"));
    assertSame(false, "", List.of("-a", "wrong", "--no-auth-warning", "PING"));
    assertSame(false, "", List.of("-u", "redis://wrong@127.0.0.1:" + server.port() + "/2", "PING"));
    assertSame(false, "", List.of("-D", "", "PING"));
    assertSame(false, "", List.of("-d", ", ", "LRANGE", "list", "0", "-1"));
    assertSame(false, "value of x", List.of("-x", "SET", "x"));
    assertSame(false, "value of y", List.of("-X", "TAG", "SET", "y", "TAG"));
    assertSame(false, "value", List.of("-X", "TAG", "SET", "y", "z"));
    assertSame(false, "", List.of("--quoted-input", "SET", "\"a\\x00b\"", "'v'"));
    assertSame(false, "", List.of("--quoted-input", "SET", "\"a", "b"));
    assertSame(false, "", List.of("-p"));
    assertSame(false, "", List.of("-z"));
    assertSame(false, "", List.of("-c", "-s", "x", "PING"));
    assertSame(false, "", List.of("-2", "-3", "PING"));
    assertSame(false, "", List.of("-p", "1", "PING"));
  }

  @Test
  void shouldRunLinesFromStandardInput() throws Exception {
    String lines =
        """
        SET a 1
        GET a

        nosuch
        ECHO "abc
        ECHO 'it\\'s' "\\x41\\n"
        :foo
        3 PING
        0 PING
        GET missing
        restart
        SELECT 3
        GET a
        MULTI
        SELECT 5
        DISCARD
        HELP SET
        HELP client kill
        HELP @string
        connect 127.0.0.1 1
        PING
        quit
        PING
        """;
    // The servers' own numbering of connections must not show; everything else may.
    assertSame(true, lines.replace("connect 127.0.0.1 1\nPING\n", ""), List.of());
    assertSame(false, lines.replace("connect 127.0.0.1 1\nPING\n", ""), List.of());
  }

  @Test
  void shouldGoOnAfterALostConnection() throws Exception {
    byte[] input = "SELECT 2\nCLIENT KILL TYPE normal SKIPME no\nPING\nPING\n".getBytes(UTF_8);
    List<String> words = List.of("-p", Integer.toString(server.port()));
    List<String> theirs = new ArrayList<>(List.of("env", "FAKETTY=1", "redis-cli"));
    theirs.addAll(words);
    assertThat(withoutTheKindOfLoss(OurCli.onTerminal().run(input, words)))
        .isEqualTo(withoutTheKindOfLoss(RealServers.run(input, theirs)));
  }

  /** Whether the loss is seen as an end or as a reset depends on when the PING gets there. */
  private static RealServers.Printed withoutTheKindOfLoss(RealServers.Printed printed) {
    return new RealServers.Printed(
        printed.text().replace("Connection reset by peer", "Server closed the connection"),
        printed.status());
  }
}
