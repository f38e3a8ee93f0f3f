package io.hashslot.replication;

/**
 * Where a primary is.
 *
 * @param host name or address
 * @param port 1 to 65535
 */
public record PrimaryEndpoint(String host, int port) {
  /** Returns the two as {@code host:port}. */
  public String address() {
    return host + ':' + port;
  }
}
