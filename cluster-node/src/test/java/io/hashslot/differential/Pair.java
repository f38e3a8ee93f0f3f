package io.hashslot.differential;

import io.hashslot.config.Config;
import io.hashslot.node.Node;
import io.hashslot.oracle.Oracle;
import io.hashslot.oracle.OracleServer;
import io.hashslot.peer.LastWill;
import io.hashslot.peer.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A node of ours in this process, and a valkey-server, with a connection to each. */
final class Pair implements AutoCloseable {
  private final OracleServer oracle;
  private final Node node;
  private final int port;
  private final Server ours;
  private final Server theirs;

  private Pair(OracleServer oracle, Node node, int port) throws IOException {
    this.oracle = oracle;
    this.node = node;
    this.port = port;
    ours = new Server(port);
    theirs = new Server(oracle.port());
  }

  /** Limits of compact forms, so low that short streams cross them: directives and values. */
  static final List<String> SMALL_FORMS =
      List.of(
          "--hash-max-listpack-entries",
          "6",
          "--hash-max-listpack-value",
          "20",
          "--hll-sparse-max-bytes",
          "40",
          "--list-max-listpack-size",
          "4",
          "--set-max-intset-entries",
          "6",
          "--set-max-listpack-entries",
          "8",
          "--set-max-listpack-value",
          "20",
          "--zset-max-listpack-entries",
          "8",
          "--zset-max-listpack-value",
          "20",
          "--stream-node-max-entries",
          "4");

  /** Starts both; the test is skipped, or fails, where there is no valkey-server. */
  static Pair start(int shards) throws Exception {
    Oracle.VALKEY.program();
    Path folder = LastWill.temporaryFolder("differential");
    List<String> words = new ArrayList<>(List.of("--save", ""));
    words.addAll(SMALL_FORMS);
    OracleServer oracle = OracleServer.start(Oracle.VALKEY, folder, words.toArray(String[]::new));
    int port = Ports.next();
    words.addAll(List.of("--port", "" + port, "--bind", "127.0.0.1"));
    words.addAll(List.of("--dir", folder.toString(), "--shards", "" + shards));
    Config config = Config.of(words.toArray(String[]::new));
    return new Pair(oracle, Node.start(config), port);
  }

  /** Makes valkey-server a replica of our node. */
  void follow() throws IOException {
    theirs.run("REPLICAOF", "127.0.0.1", "" + port);
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
