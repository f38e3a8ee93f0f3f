package io.hashslot.cli.cluster;

import io.hashslot.cli.UsageException;
import io.hashslot.resp.client.Endpoint;
import java.util.List;

/**
 * A node as it is named on the command line: {@code host:port}, with {@code @bus} behind if its bus
 * port is not the usual one.
 *
 * @param endpoint for clients
 * @param busPort for other nodes; 0 if it is the usual one, 10000 above the client's
 */
record NodeAddress(Endpoint endpoint, int busPort) {
  private static final String INVALID =
      "[ERR] Invalid arguments: you need to pass either a valid address (ie. 120.0.0.1:7000) or"
          + " space separated IP and port (ie. 120.0.0.1 7000)";

  /** The host as typed: {@code localhost} and {@code 127.0.0.1} are two hosts. */
  String host() {
    return endpoint.host();
  }

  /**
   * Reads {@code host:port[@bus]}.
   *
   * @throws UsageException if it is none
   */
  static NodeAddress parse(String text) throws UsageException {
    try {
      int at = text.indexOf('@');
      Endpoint endpoint = Endpoint.parse(at < 0 ? text : text.substring(0, at));
      if (endpoint.host().isEmpty() || endpoint.port() == 0) {
        throw new UsageException(INVALID);
      }
      return new NodeAddress(endpoint, at < 0 ? 0 : Integer.parseInt(text.substring(at + 1)));
    } catch (IllegalArgumentException _) {
      throw new UsageException(INVALID);
    }
  }

  /**
   * Reads {@code host:port} or {@code host port}.
   *
   * @throws UsageException if the words are neither
   */
  static NodeAddress parse(List<String> words) throws UsageException {
    return switch (words.size()) {
      case 1 -> parse(words.getFirst());
      case 2 -> parse(words.get(0) + ':' + words.get(1));
      default -> throw new UsageException(INVALID);
    };
  }

  @Override
  public String toString() {
    return endpoint.toString();
  }
}
