package io.hashslot.node;

import io.hashslot.config.Config;
import io.hashslot.config.NetworkDirectives;
import io.hashslot.net.Listener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where clients come in: the addresses of {@code bind} and the unix socket. */
final class Doors {
  private static final Logger LOG = LoggerFactory.getLogger(Doors.class);

  private final Config config;
  private final Listener listener;

  Doors(Config config, Listener listener) {
    this.config = config;
    this.listener = listener;
  }

  /**
   * Opens them all.
   *
   * @throws UncheckedIOException if one of them cannot be had, unless its address is optional
   */
  void open() {
    int port = config.intOf(NetworkDirectives.PORT);
    if (port > 0) {
      for (String address : config.get(NetworkDirectives.BIND)) {
        open(address, port);
      }
    }
    String unixSocket = config.get(NetworkDirectives.UNIXSOCKET);
    if (!unixSocket.isEmpty()) {
      open(config.resolve(unixSocket), config.intOf(NetworkDirectives.UNIXSOCKETPERM));
    }
  }

  private void open(String address, int port) {
    boolean optional = address.startsWith("-");
    String host = optional ? address.substring(1) : address;
    InetSocketAddress where =
        switch (host) {
          case "*" -> new InetSocketAddress("0.0.0.0", port);
          case "::*" -> new InetSocketAddress("::", port);
          default -> new InetSocketAddress(host, port);
        };
    try {
      listener.listen(where);
    } catch (RuntimeException problem) {
      if (!optional) {
        throw problem;
      }
      LOG.debug("Not listening on {}: {}", host, problem.getMessage());
    }
  }

  private void open(Path unixSocket, int mode) {
    try {
      Files.deleteIfExists(unixSocket); // what a server that was killed left behind
      listener.listen(unixSocket);
      if (mode != 0) {
        Files.setPosixFilePermissions(unixSocket, permissions(mode));
      }
    } catch (IOException problem) {
      throw new UncheckedIOException(unixSocket + ": " + problem.getMessage(), problem);
    }
  }

  /** The nine bits of a file mode, as chmod counts them. */
  private static Set<PosixFilePermission> permissions(int mode) {
    PosixFilePermission[] bits = PosixFilePermission.values(); // owner's read ... others' execute
    Set<PosixFilePermission> wanted = EnumSet.noneOf(PosixFilePermission.class);
    for (int i = 0; i < bits.length; i++) {
      if ((mode >> bits.length - 1 - i & 1) != 0) {
        wanted.add(bits[i]);
      }
    }
    return wanted;
  }
}
