package io.hashslot.it;

import io.hashslot.cli.RealServers;
import io.hashslot.node.Main;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What can be run as a process of its own: a server, or our command line. */
enum Program {
  HASHSLOT("cluster-node"),
  REDIS("redis-server"),
  VALKEY("valkey-server"),
  CLUSTER_CLI("cluster-cli");

  private final String binary;

  Program(String binary) {
    this.binary = binary;
  }

  /** Skips the test, or fails it where oracles are required, if a server of others is missing. */
  void require() {
    if (this == REDIS || this == VALKEY) RealServers.require(binary);
  }

  /** The words that start it; options follow. */
  List<String> command() {
    return switch (this) {
      case REDIS, VALKEY -> List.of(binary);
      case HASHSLOT -> ours(Main.class.getName());
      case CLUSTER_CLI -> ours(io.hashslot.cli.Main.class.getName());
    };
  }

  /**
   * Through the launcher when these tests run on the packaged jars, as the build does; straight on
   * the compiled classes otherwise.
   */
  private List<String> ours(String mainClass) {
    Path root = Path.of(System.getProperty("hashslot.root", "..")).toAbsolutePath().normalize();
    Path launcher = root.resolve("bin").resolve(binary);
    if (codeOfTheNode().startsWith(root.resolve("target/lib")) && Files.isExecutable(launcher)) {
      return List.of(launcher.toString());
    }
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "@" + root.resolve("bin/jvm.options"),
        // A process of a test lives for seconds: the second compiler would only take their time.
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        mainClass);
  }

  private static Path codeOfTheNode() {
    try {
      return Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
