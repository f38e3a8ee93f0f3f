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
 */
public record HandshakeSettings(
    @Nullable String user,
    @Nullable String password,
    int announcedPort,
    @Nullable String announcedIp,
    boolean dualChannel,
    @Nullable String version) {}
