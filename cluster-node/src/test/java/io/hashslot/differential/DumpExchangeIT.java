package io.hashslot.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.config.Config;
import io.hashslot.node.Node;
import io.hashslot.oracle.Oracle;
import io.hashslot.oracle.OracleServer;
import io.hashslot.peer.Ports;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What DUMP gives here is taken by RESTORE there, and the other way round: same elements, and in
 * Valkey the same encoding and the same fingerprint as if it had been made by the same requests.
 */
class DumpExchangeIT {
  @TempDir Path folder;

  /** Requests that make the value of the key {@code k}, in all its forms. */
  private static List<List<String>> values() {
    return Stream.of(StringValues.ALL, SetValues.ALL, StreamValues.ALL)
        .flatMap(List::stream)
        .toList();
  }

  private static final class StringValues {
    static final List<List<String>> ALL =
        List.of(
            List.of("SET k 12345"), List.of("SET k hello"), List.of("SET k " + "abc".repeat(1000)));
  }

  private static final class SetValues {
    static final List<List<String>> ALL =
        List.of(
            List.of("SADD k 1 2 3 -5"),
            List.of("SADD k 1 100000 -7"),
            List.of("SADD k 1 5000000000"),
            List.of("SADD k " + numbered("", 512)),
            List.of("SADD k " + numbered("", 600)),
            List.of("SADD k a 1 b 2"),
            List.of("SADD k " + numbered("member", 128)),
            List.of("SADD k " + numbered("member", 129)),
            List.of("SADD k 1 9223372036854775807 " + "x".repeat(65)),
            List.of("SADD k " + numbered("t", 5000)));
  }

  private static final class StreamValues {
    static final List<List<String>> ALL =
        List.of(
            List.of("XADD k 1-1 f v", "XADD k 1-2 f -5 g 70000", "XADD k 2-1 f v", "XDEL k 1-1"),
            List.of("XGROUP CREATE k g $ MKSTREAM"),
            List.of("XADD k 5-1 f v", "XDEL k 5-1", "XSETID k 9-9 ENTRIESADDED 70"),
            many(),
            List.of(
                "XADD k 1-1 f v",
                "XADD k 18446744073709551615-18446744073709551615 f v",
                "XGROUP CREATE k g 0",
                "XGROUP CREATE k h 0 ENTRIESREAD 70000",
                "XGROUP CREATECONSUMER k g idle",
                "XREADGROUP GROUP g one COUNT 1 STREAMS k >",
                "XREADGROUP GROUP g two STREAMS k >",
                "XREADGROUP GROUP g one STREAMS k 0"));

    private static List<String> many() {
      List<String> requests = new ArrayList<>(List.of("XGROUP CREATE k g 0 MKSTREAM"));
      for (int i = 1; i <= 350; i++) {
        requests.add("XADD k " + i + "-0 field" + i % 3 + " " + "x".repeat(i));
      }
      requests.add("XREADGROUP GROUP g c COUNT 300 STREAMS k >");
      requests.add("XTRIM k MAXLEN 120");
      return requests;
    }
  }

  private static String numbered(String prefix, int count) {
    return String.join(" ", IntStream.range(0, count).mapToObj(i -> prefix + i).toList());
  }

  @ParameterizedTest
  @EnumSource(Oracle.class)
  void valuesOfEveryFormGoBothWays(Oracle oracle) throws Exception {
    oracle.program();
    int port = Ports.next();
    String[] words = {
      "--port", "" + port, "--bind", "127.0.0.1", "--save", "", "--dir", "" + folder
    };
    List<String> ourWords = new ArrayList<>(Arrays.asList(words));
    ourWords.addAll(List.of("--enable-debug-command", "yes"));
    try (OracleServer peer =
            OracleServer.start(oracle, folder, "--save", "", "--enable-debug-command", "yes");
        Node node = Node.start(Config.of(ourWords.toArray(String[]::new)));
        Server theirs = new Server(peer.port());
        Server ours = new Server(port)) {
      for (List<String> requests : values()) {
        make(ours, requests);
        make(theirs, requests);
        carry(ours, theirs);
        carry(theirs, ours);
        if (oracle == Oracle.VALKEY) {
          assertThat(seen(ours, "k")).isEqualTo(seen(theirs, "k"));
          assertThat(seen(ours, "copy")).isEqualTo(seen(theirs, "copy"));
        }
        for (Server server : List.of(ours, theirs)) {
          assertThat(digest(server, "copy")).isEqualTo(digest(ours, "k"));
        }
      }
    }
  }

  private static void make(Server server, List<String> requests) throws Exception {
    server.run("FLUSHALL");
    for (String request : requests) {
      assertThat(server.run(request.split(" ")).type()).as(request).isNotEqualTo('-');
    }
  }

  private static void carry(Server from, Server to) throws Exception {
    String payload = from.run("DUMP", "k").body();
    assertThat(to.run("RESTORE", "copy", "0", payload).head()).isEqualTo("+OK");
  }

  private static String seen(Server server, String key) throws Exception {
    String groups =
        server.run("TYPE", key).head().equals("+stream")
            ? Normal.STREAM_FACTS.of(server.run("XINFO", "GROUPS", key), 0)
                + Normal.STREAM_FACTS.of(server.run("XPENDING", key, "g", "-", "+", "1000"), 0)
            : "";
    return DataSet.value(server, key) + server.run("OBJECT", "ENCODING", key).body() + groups;
  }

  private static String digest(Server server, String key) throws Exception {
    return server.run("DEBUG", "DIGEST-VALUE", key).text();
  }
}
