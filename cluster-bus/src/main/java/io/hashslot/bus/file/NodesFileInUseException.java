package io.hashslot.bus.file;

import java.io.IOException;
import java.nio.file.Path;

/** Another process, of ours or a redis-server or valkey-server, holds the lock on nodes.conf. */
public final class NodesFileInUseException extends IOException {
  private static final long serialVersionUID = 1L;

  NodesFileInUseException(Path file) {
    super("the cluster configuration file " + file + " is already used by a different node");
  }
}
