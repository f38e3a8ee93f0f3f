package io.hashslot.node;

import io.hashslot.config.Config;
import io.hashslot.config.NetworkDirectives;
import io.hashslot.config.ReplicationDirectives;
import io.hashslot.resp.client.ConnectOptions;
import io.hashslot.socket.SourceAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How this server opens connections to others: what encrypts them, where they come from, and as
 * whom it speaks. Asked for each connection, so what is set counts from the next one on. The
 * cluster bus, which knows no RESP, has the same addresses and certificates.
 */
final class Outgoing {
  private static final Logger LOG = LoggerFactory.getLogger(Outgoing.class);

  private final Config config;
  private final Encryption encryption;

  Outgoing(Config config, Encryption encryption) {
    this.config = config;
    this.encryption = encryption;
    warn();
    config.afterChange(this::warn, NetworkDirectives.BIND_SOURCE_ADDR);
  }

  private void warn() {
    if (!SourceAddress.isUsable(source())) {
      LOG.warn(
          "bind-source-addr {} is no address of this machine: connections come from wherever the"
              + " system chooses",
          source());
    }
  }

  private String source() {
    return config.get(NetworkDirectives.BIND_SOURCE_ADDR);
  }

  /** To a primary, as the user that it is to know us by. */
  ConnectOptions toPrimaries() {
    String user = config.get(ReplicationDirectives.MASTERUSER);
    String password = config.get(ReplicationDirectives.MASTERAUTH);
    return ConnectOptions.PLAIN
        .withUser(user.isEmpty() ? null : user, password.isEmpty() ? null : password)
        .withTls(encryption.toPrimaries())
        .withSource(source());
  }

  /** To another node of the cluster or, for MIGRATE, to any server; the caller says who it is. */
  ConnectOptions toNodes() {
    return ConnectOptions.PLAIN.withTls(encryption.toNodes()).withSource(source());
  }
}
