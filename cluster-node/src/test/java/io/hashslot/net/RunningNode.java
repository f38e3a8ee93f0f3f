package io.hashslot.net;

import io.hashslot.config.Config;
import io.hashslot.node.Node;
import io.hashslot.peer.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server in this process, on a free port, with nothing saved. */
public final class RunningNode implements AutoCloseable {
  private final int port = Ports.next();
  private final Node node;

  /** Starts it; {@code options} are directives with two dashes in front, and their values. */
  public RunningNode(Path folder, String... options) throws Exception {
    Files.createDirectories(folder);
    List<String> all =
        new ArrayList<>(List.of("--port", "" + port, "--bind", "127.0.0.1", "--save", ""));
    all.addAll(List.of("--dir", folder.toString(), "--repl-diskless-sync-delay", "0"));
    all.addAll(List.of(options));
    node = Node.start(Config.of(all.toArray(String[]::new)));
  }

  /** Returns where it listens. */
  public int port() {
    return port;
  }

  /** Returns the server. */
  public Node node() {
    return node;
  }

  /** Connects to it. */
  public RawClient connect() throws Exception {
    return RawClient.tcp(port);
  }

  @Override
  public void close() {
    node.close();
  }
}
