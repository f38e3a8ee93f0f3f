package io.hashslot.replication;

import org.jspecify.annotations.Nullable;

/**
 * What a replica tells its primary about itself before it asks for data.
 *
 * @param user name for AUTH, null for the default user
 * @param password null: no AUTH is sent
 * @param announcedPort port at which others reach this server
 * @param announcedIp address at which others reach it, null: the primary sees for itself
 * @param dualChannel whether a snapshot may come over a connection of its own ({@link
 *     DualChannelHandshake})
 * @param version version to announce (Valkey 8 asks for it), null: none
 * @param node our id in the cluster, null outside of one
 */
public record HandshakeSettings(
    @Nullable String user,
    @Nullable String password,
    int announcedPort,
    @Nullable String announcedIp,
    boolean dualChannel,
    @Nullable String version,
    @Nullable String node) {
  /** Outside of a cluster. */
  public HandshakeSettings(
      @Nullable String user,
      @Nullable String password,
      int announcedPort,
      @Nullable String announcedIp,
      boolean dualChannel,
      @Nullable String version) {
    this(user, password, announcedPort, announcedIp, dualChannel, version, null);
  }

  /** The same for a node of a cluster. */
  HandshakeSettings as(@Nullable String clusterNode) {
    return new HandshakeSettings(
        user, password, announcedPort, announcedIp, dualChannel, version, clusterNode);
  }
}
