package io.hashslot.node;

import io.hashslot.command.connection.ServerIdentity;
import io.hashslot.dispatch.NodeState;

/** What this node says of itself in HELLO. */
record Identity(boolean cluster, NodeState state) implements ServerIdentity {
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
