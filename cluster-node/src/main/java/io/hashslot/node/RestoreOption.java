package io.hashslot.node;

import io.hashslot.config.Config;
import io.hashslot.config.ConfigFileException;
import io.hashslot.config.NetworkDirectives;
import io.hashslot.config.PersistenceDirectives;
import io.hashslot.config.TlsDirectives;
import io.hashslot.persist.aof.AofDirectory;
import io.hashslot.persist.backup.Restore;
import io.hashslot.persist.backup.RestoreException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options {@code --restore-from PATH} and {@code --restore-replace} of the command line. They
 * are no directives: what they do is done once, at one start.
 *
 * @param from what to restore, null for nothing
 * @param replace whether data that is there is put aside
 * @param others the arguments without these options
 */
record RestoreOption(@Nullable Path from, boolean replace, List<String> others) {
  private static final String FROM = "--restore-from";
  private static final String REPLACE = "--restore-replace";

  /**
   * Finds them among the arguments.
   *
   * @throws ConfigFileException if a path is missing, or there is nothing that would replace data
   */
  static RestoreOption of(List<String> args) throws ConfigFileException {
    Path from = null;
    boolean replace = false;
    List<String> others = new ArrayList<>();
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      if (arg.equals(REPLACE)) {
        replace = true;
      } else if (!arg.equals(FROM)) {
        others.add(arg);
      } else if (++i == args.size()) {
        throw new ConfigFileException(FROM + " needs a snapshot or a folder of backups");
      } else {
        from = Path.of(args.get(i)).toAbsolutePath().normalize();
      }
    }
    if (replace && from == null) {
      throw new ConfigFileException(REPLACE + " goes with " + FROM);
    }
    return new RestoreOption(from, replace, others);
  }

  /**
   * Puts the backup, if one is asked for, into the place of the data.
   *
   * @throws IOException if that is not possible; the message is for the operator
   */
  void apply(Config config) throws IOException {
    if (from == null) {
      return;
    }
    refuseBesideAServer(config);
    Path folder = config.get(PersistenceDirectives.DIR);
    Restore.run(
        from,
        new Restore.Target(
            folder,
            config.get(PersistenceDirectives.DBFILENAME),
            new AofDirectory(
                folder,
                config.get(PersistenceDirectives.APPENDDIRNAME),
                config.get(PersistenceDirectives.APPENDFILENAME)),
            config.get(PersistenceDirectives.APPENDONLY)),
        replace);
  }

  /**
   * A server that runs with the same configuration would lose its files under its feet. Servers of
   * our own are found by the lock of the folder, whatever their configuration; others only so.
   */
  private static void refuseBesideAServer(Config config) throws IOException {
    refuseBesideAServer(config.intOf(NetworkDirectives.PORT));
    refuseBesideAServer(config.intOf(TlsDirectives.TLS_PORT));
    String socket = config.get(NetworkDirectives.UNIXSOCKET);
    if (!socket.isEmpty() && answers(config.resolve(socket))) {
      throw new RestoreException(
          "a server listens on " + socket + ": stop it before its data is replaced");
    }
  }

  private static boolean answers(Path socket) {
    try (var probe = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return probe.isConnected();
    } catch (IOException nobody) {
      return false;
    }
  }

  private static void refuseBesideAServer(int port) throws IOException {
    if (port == 0) {
      return;
    }
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(port));
    } catch (BindException taken) {
      throw new RestoreException(
          "port " + port + " is in use: stop the server before its data is replaced", taken);
    }
  }
}
