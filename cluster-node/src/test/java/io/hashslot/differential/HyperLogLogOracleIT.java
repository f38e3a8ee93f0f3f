package io.hashslot.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.config.Config;
import io.hashslot.node.Node;
import io.hashslot.oracle.Oracle;
import io.hashslot.oracle.OracleServer;
import io.hashslot.peer.Ports;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same elements make the same bytes and the same counts, from the first on to many. */
class HyperLogLogOracleIT {
  private static final int STEPS = 2500;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Oracle.class)
  void sameBytesForTheSameElements(Oracle oracle) throws Exception {
    oracle.program();
    int port = Ports.next();
    try (OracleServer peer = OracleServer.start(oracle, folder, "--save", "");
        Node node =
            Node.start(
                Config.of(
                    "--port",
                    "" + port,
                    "--bind",
                    "127.0.0.1",
                    "--save",
                    "",
                    "--dir",
                    "" + folder));
        Server theirs = new Server(peer.port());
        Server ours = new Server(port)) {
      Random random = new Random(11);
      int elements = 1;
      for (int step = 0; step < STEPS; step++) {
        String key = "h" + random.nextInt(3);
        String[] request = new String[2 + elements];
        request[0] = "PFADD";
        request[1] = key;
        for (int i = 0; i < elements; i++) {
          request[2 + i] = "e" + random.nextLong() % (step < STEPS / 2 ? 5000 : 1L << 40);
        }
        same(ours, theirs, request);
        if (step % 10 == 0) {
          same(ours, theirs, "PFCOUNT", key);
          same(ours, theirs, "PFCOUNT", "h0", "h1", "h2");
        }
        if (step % 50 == 0) {
          same(ours, theirs, "PFMERGE", "merged" + step % 100, "h0", "h1");
          same(ours, theirs, "GET", "merged" + step % 100);
        }
        same(ours, theirs, "GET", key);
        elements = 1 + step / 100;
      }
      assertThat(ours.run("PFDEBUG", "ENCODING", "h0").head()).isEqualTo("+dense");
    }
  }

  private static void same(Server ours, Server theirs, String... request) throws Exception {
    assertThat(ours.run(request).text())
        .as("%s", (Object) request)
        .isEqualTo(theirs.run(request).text());
  }
}
