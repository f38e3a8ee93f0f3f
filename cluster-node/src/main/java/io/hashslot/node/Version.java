package io.hashslot.node;

/** Which version this is, and which one clients may take it for. */
final class Version {
  /** The version of Redis whose behaviour clients can rely on. */
  static final String COMPATIBLE = "7.2.4";

  /** The version of Valkey whose commands a primary may put into the stream for this replica. */
  static final String REPLICATION = "8.0.1";

  /** The version of this server. */
  static final String OWN = own();

  private Version() {}

  private static String own() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "0.1.0" : version;
  }
}
