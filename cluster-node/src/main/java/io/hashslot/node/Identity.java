package io.hashslot.node;

import io.hashslot.command.connection.ServerIdentity;
import io.hashslot.dispatch.NodeState;
import java.security.SecureRandom;
import java.util.HexFormat;

/** What this node says of itself in HELLO. */
record Identity(boolean cluster, NodeState state) implements ServerIdentity {
  /** Makes the id of a run, which nobody else has. */
  static String newRunId() {
    byte[] bytes = new byte[20];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public String version() {
    return Version.COMPATIBLE;
  }

  @Override
  public String mode() {
    return cluster ? "cluster" : "standalone";
  }

  @Override
  public String role() {
    return state.replica() ? "replica" : "master";
  }
}
