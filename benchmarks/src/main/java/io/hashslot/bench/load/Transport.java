package io.hashslot.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/** Moves the bytes of all connections; used by one thread. */
sealed interface Transport extends AutoCloseable permits UringTransport, NioTransport {

  /** Told by {@link #poll} what has happened. */
  interface Listener {
    /** {@code bytes} more bytes lie in the connection's receive space. */
    void received(Connection connection, int bytes);

    /** All that was handed to {@link #send} has gone. */
    void sent(Connection connection);
  }

  /** Returns the name that reports show. */
  String name();

  /** Connects all, in order, waiting for each. */
  void connect(InetSocketAddress server, List<Connection> connections) throws IOException;

  /**
   * Starts sending the remaining bytes of {@code data}, which stays untouched until reported as
   * sent.
   */
  void send(Connection connection, NativeBuffer data);

  /**
   * Waits until something has happened or {@code timeoutNs} are over (0: does not wait), and
   * reports it.
   */
  void poll(long timeoutNs, Listener listener) throws IOException;

  /** Closes all connections. */
  @Override
  void close();

  /**
   * Returns the transport called {@code uring} or {@code nio}; {@code auto} is the first that works
   * here.
   */
  static Transport open(String name, int connections) {
    return switch (name) {
      case "uring" -> new UringTransport(connections);
      case "nio" -> new NioTransport();
      case "auto" ->
          UringTransport.available() ? new UringTransport(connections) : new NioTransport();
      default ->
          throw new IllegalArgumentException(
              "unknown transport '" + name + "', expected auto, uring or nio");
    };
  }
}
