package io.hashslot.resp.client;

/**
 * Where a server listens.
 *
 * @param host a name, an IPv4 address or an IPv6 address without brackets
 * @param port 0 to 65535
 */
public record Endpoint(String host, int port) implements Comparable<Endpoint> {
  /** Refuses ports outside of 0 to 65535. */
  public Endpoint {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port out of range: " + port);
    }
  }

  /**
   * Reads {@code host:port}; the last colon divides, so a bare IPv6 address with a port behind it
   * is understood, as redirections of servers have it. Brackets around the host are dropped.
   *
   * @throws IllegalArgumentException if there is no colon or no valid port behind it
   */
  public static Endpoint parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("no port in " + text);
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    return new Endpoint(host, Integer.parseInt(text.substring(colon + 1)));
  }

  @Override
  public int compareTo(Endpoint other) {
    int byHost = host.compareTo(other.host);
    return byHost != 0 ? byHost : Integer.compare(port, other.port);
  }

  /** {@code host:port}, the host without brackets. */
  @Override
  public String toString() {
    return host + ':' + port;
  }
}
