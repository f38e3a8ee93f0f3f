package io.hashslot.migration;

import io.hashslot.config.ClusterDirectives;
import io.hashslot.config.Config;
import io.hashslot.config.PersistenceDirectives;
import io.hashslot.config.ReplicationDirectives;
import io.hashslot.resp.client.Command;
import io.hashslot.resp.client.ConnectOptions;
import org.jspecify.annotations.Nullable;

/** The directives that migrations follow, read when they matter. */
final class MigrationSettings {
  /** What the peer is promised from the grant on, as in Valkey 9. */
  static final long GRANT_HOLDS_MS = 2000;

  private MigrationSettings() {}

  /** Silence after which the other side counts as gone, milliseconds. */
  static long silenceMs(Config config) {
    return config.get(ReplicationDirectives.REPL_TIMEOUT) * 1000L;
  }

  static ExportMachine.Limits limits(Config config) {
    long nodeTimeoutMs = config.get(ClusterDirectives.CLUSTER_NODE_TIMEOUT);
    // Whoever has taken slots and cannot tell anybody stops serving after the node timeout.
    return new ExportMachine.Limits(
        silenceMs(config),
        2 * config.get(ClusterDirectives.CLUSTER_MANUAL_FAILOVER_TIMEOUT),
        Math.max(2 * GRANT_HOLDS_MS, nodeTimeoutMs + GRANT_HOLDS_MS),
        config.get(ClusterDirectives.SLOT_MIGRATION_MAX_FAILOVER_REPL_BYTES));
  }

  /** The AUTH command for other primaries, or null if none is configured. */
  static @Nullable Command login(Config config) {
    String password = config.get(ReplicationDirectives.MASTERAUTH);
    if (password.isEmpty()) {
      return null;
    }
    String user = config.get(ReplicationDirectives.MASTERUSER);
    return ConnectOptions.PLAIN.withUser(user.isEmpty() ? null : user, password).auth();
  }

  /** How long to wait before each key is sent, as tests want it, microseconds. */
  static long entryDelayUs(Config config) {
    return config.get(PersistenceDirectives.RDB_KEY_SAVE_DELAY);
  }

  /** How many finished migrations are remembered. */
  static int logLength(Config config) {
    return config.intOf(ClusterDirectives.CLUSTER_SLOT_MIGRATION_LOG_MAX_LEN);
  }
}
