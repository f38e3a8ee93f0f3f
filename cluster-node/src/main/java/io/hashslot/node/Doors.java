package io.hashslot.node;

import io.hashslot.cluster.Cluster;
import io.hashslot.config.ClientDirectives;
import io.hashslot.config.ClusterDirectives;
import io.hashslot.config.Config;
import io.hashslot.config.NetworkDirectives;
import io.hashslot.config.SecurityDirectives;
import io.hashslot.config.Settings;
import io.hashslot.config.TlsDirectives;
import io.hashslot.net.Listener;
import io.hashslot.net.Transport;
import io.hashslot.observe.Statistics;
import io.hashslot.session.ReplyGate;
import io.hashslot.session.Sessions;
import io.hashslot.time.Clock;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where clients come in: the addresses of {@code bind} and the unix socket. */
final class Doors {
  private static final Logger LOG = LoggerFactory.getLogger(Doors.class);

  /** Both kinds of addresses, by one socket where there is IPv6: two would be in conflict. */
  private static final String EVERYWHERE = "*, ::*";

  /** A TCP address as {@code bind} and {@code port} or {@code tls-port} give it. */
  private record Address(String host, int port, boolean tls, boolean optional) {
    InetSocketAddress socket() {
      return switch (host) {
        case "*" -> new InetSocketAddress("0.0.0.0", port);
        case "::*", EVERYWHERE -> new InetSocketAddress("::", port);
        default -> new InetSocketAddress(host, port);
      };
    }
  }

  private final Config config;
  private final Listener listener;
  private final Supplier<SSLEngine> tls;
  private final Map<Address, Closeable> listening = new LinkedHashMap<>();

  /**
   * @param tls makes our end of each connection to the TLS port
   */
  Doors(Config config, Listener listener, Supplier<SSLEngine> tls) {
    this.config = config;
    this.listener = listener;
    this.tls = tls;
  }

  /** Makes the loops that will serve what comes in through the doors of a server. */
  static Listener listener(
      Config config,
      @Nullable Cluster cluster,
      Sessions sessions,
      Statistics statistics,
      ReplyGate gate,
      Clock clock) {
    return new Listener(
        transport(config),
        config.intOf(NetworkDirectives.IO_THREADS),
        sessions,
        new Listener.Settings(
            () ->
                config.intOf(ClientDirectives.MAXCLIENTS)
                    - (cluster == null ? 0 : cluster.connections()),
            cluster == null
                ? "ERR max number of clients reached"
                : "ERR max number of clients + cluster connections reached",
            () -> config.get(ClientDirectives.PROTO_MAX_BULK_LEN),
            config.intOf(NetworkDirectives.TCP_KEEPALIVE),
            config.intOf(NetworkDirectives.TCP_BACKLOG),
            () ->
                config.get(SecurityDirectives.PROTECTED_MODE)
                    && config.get(SecurityDirectives.REQUIREPASS).isEmpty(),
            new ClientLimits(config, statistics, clock),
            gate),
        clock);
  }

  private static Transport transport(Config config) {
    boolean unixSockets = !config.get(NetworkDirectives.UNIXSOCKET).isEmpty();
    Transport transport =
        Transport.of(
            config.get(NetworkDirectives.IO_TRANSPORT).name().toLowerCase(Locale.ROOT),
            unixSockets);
    if (unixSockets && transport.losesEndsOfUnixSockets()) {
      LOG.warn(
          "With 'io-transport io_uring' a client of the unix socket that ends its side early loses"
              + " replies; 'auto' or 'epoll' serves it to the end");
    }
    return transport;
  }

  /**
   * Opens them all, and follows later changes of the directives.
   *
   * @throws UncheckedIOException if one of them cannot be had, unless its address is optional
   */
  void open() {
    addresses(config.settings()).forEach(this::open);
    String unixSocket = config.get(NetworkDirectives.UNIXSOCKET);
    if (!unixSocket.isEmpty()) {
      openUnixSocket(config.resolve(unixSocket));
    }
    config.onChange(
        this::move, NetworkDirectives.PORT, NetworkDirectives.BIND, TlsDirectives.TLS_PORT);
  }

  private static List<Address> addresses(Settings settings) {
    int port = settings.intOf(NetworkDirectives.PORT);
    int tlsPort = settings.intOf(TlsDirectives.TLS_PORT);
    List<Address> addresses = new ArrayList<>();
    for (String address : joined(settings.get(NetworkDirectives.BIND))) {
      boolean optional = address.startsWith("-");
      String host = optional ? address.substring(1) : address;
      if (port != 0) {
        addresses.add(new Address(host, port, false, optional));
      }
      if (tlsPort != 0) {
        addresses.add(new Address(host, tlsPort, true, optional));
      }
    }
    return addresses;
  }

  private static List<String> joined(List<String> bind) {
    List<String> addresses = new ArrayList<>(bind);
    if (bind.contains("*") && addresses.removeIf(one -> one.equals("::*") || one.equals("-::*"))) {
      addresses.set(addresses.indexOf("*"), EVERYWHERE);
    }
    return addresses;
  }

  /**
   * Closes what is gone before it opens what is new, since an address may be a part of the one
   * before; a mistake brings back what was open.
   */
  private synchronized @Nullable String move(Settings old, Settings now) {
    boolean plainMoves = now.get(NetworkDirectives.PORT) != old.get(NetworkDirectives.PORT);
    boolean tlsMoves = now.get(TlsDirectives.TLS_PORT) != old.get(TlsDirectives.TLS_PORT);
    boolean knownMoves = plainMoves || tlsMoves && now.get(TlsDirectives.TLS_CLUSTER);
    if (knownMoves && now.get(ClusterDirectives.CLUSTER_ENABLED)) {
      return "The port of a cluster node is known to the others and cannot change while it runs.";
    }
    List<Address> before = List.copyOf(listening.keySet());
    try {
      become(addresses(now));
      return null;
    } catch (RuntimeException problem) {
      LOG.warn("Cannot listen as CONFIG SET asks: {}", problem.getMessage());
    }
    become(before);
    return plainMoves || tlsMoves
        ? "Unable to listen on this port. Check server logs."
        : "Failed to bind to specified addresses.";
  }

  private void become(List<Address> wanted) {
    List<Address> gone = new ArrayList<>(listening.keySet());
    gone.removeAll(wanted);
    gone.forEach(this::close);
    for (Address address : wanted) {
      if (!listening.containsKey(address)) {
        open(address);
      }
    }
  }

  private void open(Address address) {
    try {
      listening.put(address, listen(address));
    } catch (RuntimeException problem) {
      if (!address.optional) {
        throw problem;
      }
      LOG.debug("Not listening on {}: {}", address.host, problem.getMessage());
    }
  }

  private Closeable listen(Address address) {
    @Nullable Supplier<SSLEngine> encryption = address.tls ? tls : null;
    try {
      return listener.listen(address.socket(), encryption);
    } catch (UncheckedIOException problem) {
      if (!address.host.equals(EVERYWHERE)) {
        throw problem;
      }
      LOG.debug("Listening on IPv4 only: {}", problem.getMessage());
      return listener.listen(new InetSocketAddress("0.0.0.0", address.port), encryption);
    }
  }

  private void close(Address address) {
    Closeable open = listening.remove(address);
    if (open == null) {
      return;
    }
    try {
      open.close();
    } catch (IOException problem) {
      LOG.warn("Cannot stop listening on {}: {}", address.host, problem.getMessage());
    }
  }

  private void openUnixSocket(Path unixSocket) {
    int mode = config.intOf(NetworkDirectives.UNIXSOCKETPERM);
    String group = config.get(NetworkDirectives.UNIXSOCKETGROUP);
    try {
      Files.deleteIfExists(unixSocket); // what a server that was killed left behind
      listener.listen(unixSocket);
      if (!group.isEmpty()) {
        giveTo(group, unixSocket);
      }
      if (mode != 0) {
        Files.setPosixFilePermissions(unixSocket, permissions(mode));
      }
    } catch (IOException problem) {
      throw new UncheckedIOException(unixSocket + ": " + problem.getMessage(), problem);
    }
  }

  private static void giveTo(String group, Path unixSocket) throws IOException {
    UserPrincipalLookupService names = unixSocket.getFileSystem().getUserPrincipalLookupService();
    try {
      GroupPrincipal principal = names.lookupPrincipalByGroupName(group);
      Files.getFileAttributeView(unixSocket, PosixFileAttributeView.class).setGroup(principal);
    } catch (UserPrincipalNotFoundException problem) {
      throw new IOException("there is no group '" + group + "'", problem);
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
