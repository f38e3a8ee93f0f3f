package io.hashslot.differential;

import io.hashslot.config.Config;
import io.hashslot.node.Node;
import io.hashslot.oracle.Oracle;
import io.hashslot.oracle.OracleServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** A node of ours in this process, and a valkey-server, with a connection to each. */
final class Pair implements AutoCloseable {
  private final OracleServer oracle;
  private final Node node;
  private final Server ours;
  private final Server theirs;

  private Pair(OracleServer oracle, Node node, int port) throws IOException {
    this.oracle = oracle;
    this.node = node;
    ours = new Server(port);
    theirs = new Server(oracle.port());
  }

  /** Starts both; the test is skipped, or fails, where there is no valkey-server. */
  static Pair start(int shards) throws Exception {
    Oracle.VALKEY.program();
    Path folder = Files.createTempDirectory("differential");
    OracleServer oracle = OracleServer.start(Oracle.VALKEY, folder, "--save", "");
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Config config =
        Config.of(
            "--port",
            "" + port,
            "--bind",
            "127.0.0.1",
            "--dir",
            folder.toString(),
            "--shards",
            "" + shards,
            "--save",
            "");
    return new Pair(oracle, Node.start(config), port);
  }

  Node node() {
    return node;
  }

  OracleServer oracle() {
    return oracle;
  }

  /** The connection to our node. */
  Server ours() {
    return ours;
  }

  /** The connection to valkey-server. */
  Server theirs() {
    return theirs;
  }

  @Override
  public void close() throws IOException {
    ours.close();
    theirs.close();
    node.close();
    oracle.close();
  }
}
