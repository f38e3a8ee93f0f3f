package io.hashslot.differential;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.hashslot.net.RunningNode;
import io.hashslot.oracle.Oracle;
import io.hashslot.oracle.OracleServer;
import io.hashslot.peer.Patience;
import io.hashslot.peer.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.api.junit.jupiter.InjectSoftAssertions;
import org.assertj.core.api.junit.jupiter.SoftAssertionsExtension;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The life of a node that knows no other, from its start to its reset: what it answers, compared
 * with valkey-server's answers byte for byte. Requests are lines of a file.
 */
@ExtendWith(SoftAssertionsExtension.class)
class LonelyNodeOracleIT {
  private static final String SCRIPT = "replies/lonely-node.txt";

  @TempDir Path folder;
  @InjectSoftAssertions private SoftAssertions softly;

  @Test
  void aNodeOnItsOwnAnswersAsTheOracleDoes() throws Exception {
    Oracle.VALKEY.program();
    String theirBus = "" + Ports.next();
    String ourBus = "" + Ports.next();
    try (var oracle = OracleServer.start(Oracle.VALKEY, folder, options(theirBus));
        var node = new RunningNode(folder.resolve("ours"), options(ourBus))) {
      // Both wait for some time: they do so together.
      FutureTask<List<String>> asked = new FutureTask<>(() -> replies(oracle.port(), theirBus));
      Thread.ofPlatform().daemon().start(asked);
      List<String> ours = replies(node.port(), ourBus);
      List<String> theirs = asked.get(1, TimeUnit.MINUTES);
      for (int i = 0; i < ours.size(); i++) {
        softly.assertThat(ours.get(i)).isEqualTo(theirs.get(i));
      }
    }
  }

  private static String[] options(String busPort) {
    return new String[] {
      "--cluster-enabled",
      "yes",
      "--cluster-port",
      busPort,
      "--cluster-node-timeout",
      "1000",
      "--save",
      ""
    };
  }

  private static List<String> lines() throws IOException {
    ClassLoader loader = LonelyNodeOracleIT.class.getClassLoader();
    try (InputStream in = Objects.requireNonNull(loader.getResourceAsStream(SCRIPT))) {
      return new String(in.readAllBytes(), ISO_8859_1)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    }
  }

  private static List<String> replies(int port, String busPort) throws IOException {
    List<String> replies = new ArrayList<>();
    try (Server server = new Server(port)) {
      String me = server.run("CLUSTER", "MYID").body();
      for (String line : lines()) {
        switch (line) {
          case "@serves" -> awaitService(server);
          case "@resp2" -> server.run("HELLO", "2");
          case "@resp3" -> server.run("HELLO", "3");
          case "@new name" -> me = server.run("CLUSTER", "MYID").body();
          default -> {
            RawReply reply = server.run(line.replace("$me", me).replace("\"\"", "").split(" ", -1));
            if (line.startsWith("CONFIG SET")) {
              // The bus has its news in order: what was set is seen when it has answered.
              server.run("CLUSTER", "COUNT-FAILURE-REPORTS", me);
            }
            String text = reply.text().replace(me, "$me");
            text = text.replace("@" + busPort, "@$bus").replace("" + port, "$port");
            // The length depends on those of the ports.
            replies.add(line + " -> " + text.replaceFirst("^([$=])\\d+", "$1"));
          }
        }
      }
    }
    return replies;
  }

  private static void awaitService(Server server) {
    Awaitility.await()
        .atMost(Patience.LIMIT)
        .until(() -> server.run("EXISTS", "foo").head().startsWith(":"));
  }
}
