package io.hashslot.command.connection;

/** What HELLO says of the server. */
public interface ServerIdentity {
  /** Returns the version of Redis that clients may take this server for. */
  String version();

  /** Returns {@code standalone} or {@code cluster}. */
  String mode();

  /** Returns {@code master} or {@code replica}. */
  String role();
}
