package io.hashslot.cli.view;

import io.hashslot.resp.Reply;
import io.hashslot.resp.client.Command;
import io.hashslot.resp.client.ConnectOptions;
import io.hashslot.resp.client.Endpoint;
import io.hashslot.resp.client.RespConnection;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Connections to nodes, opened when first needed and kept. */
public final class NodeLinks implements Closeable {
  private final ConnectOptions options;
  private final Map<Endpoint, RespConnection> open = new HashMap<>();

  /** Connects with the given options. */
  public NodeLinks(ConnectOptions options) {
    this.options = options;
  }

  /**
   * The connection to a node.
   *
   * @throws UnreachableException if there is none
   */
  public RespConnection to(Endpoint endpoint) throws UnreachableException {
    RespConnection link = open.get(endpoint);
    if (link == null) {
      try {
        link = RespConnection.open(endpoint, options);
      } catch (IOException e) {
        throw new UnreachableException(endpoint, e);
      }
      open.put(endpoint, link);
    }
    return link;
  }

  /**
   * Sends a command to a node and waits for the reply, which may be an error. A connection that
   * fails is given up.
   *
   * @throws UnreachableException if there is no connection, or no reply
   */
  public Reply call(Endpoint endpoint, Command command) throws UnreachableException {
    RespConnection link = to(endpoint);
    try {
      return link.call(command);
    } catch (IOException e) {
      drop(endpoint);
      throw new UnreachableException(endpoint, e);
    }
  }

  /** The same with words in UTF-8. */
  public Reply call(Endpoint endpoint, String... words) throws UnreachableException {
    return call(endpoint, Command.of(words));
  }

  private void drop(Endpoint endpoint) {
    RespConnection link = open.remove(endpoint);
    if (link != null) {
      link.close();
    }
  }

  @Override
  public void close() {
    open.values().forEach(RespConnection::close);
    open.clear();
  }
}
