package io.hashslot.bus.core;

/**
 * Where a node is reached.
 *
 * @param ip address as text, empty if unknown
 * @param port plain client port, 0 if none
 * @param tlsPort TLS client port, 0 if none
 * @param busPort bus port, 0 if unknown
 */
record Address(String ip, int port, int tlsPort, int busPort) {
  static final Address UNKNOWN = new Address("", 0, 0, 0);

  /** From what travels on the bus: the default port and the other one. */
  static Address ofBus(String ip, int defaultPort, int otherPort, int busPort, boolean tls) {
    return tls
        ? new Address(ip, otherPort, defaultPort, busPort)
        : new Address(ip, defaultPort, otherPort, busPort);
  }

  /** The client port peers and replicas use. */
  int defaultPort(boolean tls) {
    return tls ? tlsPort : port;
  }

  /** The client port they do not use. */
  int otherPort(boolean tls) {
    return tls ? port : tlsPort;
  }

  Address withIp(String value) {
    return new Address(value, port, tlsPort, busPort);
  }

  boolean known() {
    return !ip.isEmpty();
  }

  @Override
  public String toString() {
    return ip + ":" + port + "@" + busPort;
  }
}
