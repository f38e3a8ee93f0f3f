package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hashslot.cli.RealServers;
import io.hashslot.peer.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Python with redis-py, of whatever place it has on this machine. */
final class RedisPy {
  private RedisPy() {}

  /**
   * The program. The system's own first: Debian's package of redis-py belongs to it, whatever else
   * is on the path.
   */
  static String python() {
    String system = "/usr/bin/python3";
    return Files.isExecutable(Path.of(system)) ? system : "python3";
  }

  /** The words that run a script with a server and, where that is encrypted, a certificate. */
  static List<String> command(Path script, ServerProcess server) {
    List<String> words = new ArrayList<>(List.of(python(), script.toString()));
    words.addAll(List.of(server.toldHost(), "" + server.port()));
    TestCertificate certificate = server.reach().certificate();
    if (certificate != null) {
      words.addAll(List.of(certificate.certificate().toString(), certificate.key().toString()));
    }
    return words;
  }

  private static boolean hasPython() {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(path -> Files.isExecutable(Path.of(path, "python3")));
  }

  /** Whether it is there; a failure where oracles are required and it is not. */
  static boolean isThere() throws Exception {
    List<String> question = List.of(python(), "-c", "import redis.cluster");
    boolean found = hasPython() && RealServers.run(new byte[0], question).status() == 0;
    if ("required".equals(System.getenv("HASHSLOT_ORACLES"))) {
      assertThat(found).as("redis-py 4.1 or later").isTrue();
    }
    return found;
  }

  /** Skips the test without it. */
  static void require() throws Exception {
    RealServers.require("python3");
    assumeTrue(isThere(), "redis-py is not installed");
  }
}
