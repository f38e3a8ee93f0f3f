package io.hashslot.config;

import static io.hashslot.config.Row.INT;

import java.util.List;

/** Where and how the server listens. */
public final class NetworkDirectives {
  static final Row.Group ROWS = new Row.Group("Network");

  /** The TCP port; 0 listens on none. */
  public static final Quantity PORT = ROWS.row("port").number(6379, 0, 65535);

  /** The addresses to listen on; one with a minus in front may be missing on this machine. */
  public static final Structured<List<String>> BIND =
      ROWS.row("bind").structured(List.of("*", "-::*"), new WordList.Addresses());

  /** The path of a Unix socket to listen on. */
  public static final Text UNIXSOCKET = ROWS.row("unixsocket").immutable().text("");

  /** The file mode of the Unix socket; 0 leaves it to the umask. */
  public static final Quantity UNIXSOCKETPERM =
      ROWS.row("unixsocketperm").immutable().octal(0, 0, 0777);

  /** The group that owns the Unix socket. */
  public static final Text UNIXSOCKETGROUP = ROWS.row("unixsocketgroup").immutable().text("");

  /** How many connections may wait to be accepted. */
  public static final Quantity TCP_BACKLOG =
      ROWS.row("tcp-backlog").immutable().number(511, 0, INT);

  /** Seconds of silence after which the kernel probes a client; 0 never. */
  public static final Quantity TCP_KEEPALIVE = ROWS.row("tcp-keepalive").number(300, 0, INT);

  /** The local address of connections that the server itself opens. */
  public static final Text BIND_SOURCE_ADDR =
      ROWS.row("bind-source-addr")
          .remark(
              "For all connections that the server opens, MIGRATE's too, from the next one on;"
                  + " where that address cannot be had, from any.")
          .text("");

  /** The machinery of the sockets. */
  public static final Choice<Choices.IoTransport> IO_TRANSPORT =
      ROWS.row("io-transport")
          .immutable()
          .remark(
              "Ours alone. auto takes the first of io_uring, epoll and nio that works here, with a"
                  + " unixsocket epoll before io_uring.")
          .choice(Choices.IoTransport.AUTO);

  /** How many event loops read, execute and write. */
  public static final Quantity IO_THREADS =
      ROWS.row("io-threads")
          .immutable()
          .remark(
              "Every loop executes commands too, so the default is cores - 1, at least 1; the C"
                  + " servers have 1.")
          .number(Math.max(1, Runtime.getRuntime().availableProcessors() - 1), 1, 128);

  /** Into how many parts the keyspace is cut, each with its own lock and arena. */
  public static final Quantity SHARDS =
      ROWS.row("shards")
          .immutable()
          .remark("Ours alone. With 1, commands run strictly one after another, as in Redis.")
          .number(64, 1, 64, n -> Long.bitCount(n) == 1, "argument must be a power of two");

  private NetworkDirectives() {}
}
