package io.hashslot.node;

import io.hashslot.config.Choices;
import io.hashslot.config.ClientDirectives;
import io.hashslot.config.Config;
import io.hashslot.config.Directive;
import io.hashslot.config.DirectiveTable;
import io.hashslot.config.MemoryDirectives;
import io.hashslot.config.ObserveDirectives;
import io.hashslot.config.ProcessDirectives;
import io.hashslot.config.ReplicationDirectives;
import io.hashslot.config.SecurityDirectives;
import io.hashslot.config.Settings;
import io.hashslot.dispatch.Environment;
import io.hashslot.dispatch.NodeState;
import io.hashslot.keyspace.ActiveExpiry;
import io.hashslot.pubsub.KeyEventMessages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets directives act on the parts they concern, now and whenever they change. */
final class LiveDirectives {
  private static final Logger LOG = LoggerFactory.getLogger(LiveDirectives.class);

  private final Environment environment;
  private final KeyEventMessages keyEvents;
  private final ActiveExpiry expiry;

  private LiveDirectives(Environment environment, KeyEventMessages keyEvents, ActiveExpiry expiry) {
    this.environment = environment;
    this.keyEvents = keyEvents;
    this.expiry = expiry;
  }

  static void follow(
      Config config, Environment environment, KeyEventMessages keyEvents, ActiveExpiry expiry) {
    MemoryRules.follow(config, environment.memory(), environment.keyspace().accessClock());
    EncodingRules.follow(config, environment.keyspace().limits());
    LiveDirectives parts = new LiveDirectives(environment, keyEvents, expiry);
    parts.apply(config.settings());
    config.onChange(
        (_, now) -> {
          parts.apply(now);
          return null;
        },
        SecurityDirectives.REQUIREPASS,
        ReplicationDirectives.REPLICA_READ_ONLY,
        ReplicationDirectives.REPLICA_SERVE_STALE_DATA,
        ReplicationDirectives.PROPAGATION_ERROR_BEHAVIOR,
        ReplicationDirectives.REPLICA_IGNORE_DISK_WRITE_ERRORS,
        ObserveDirectives.SLOWLOG_LOG_SLOWER_THAN,
        ObserveDirectives.SLOWLOG_MAX_LEN,
        ObserveDirectives.LATENCY_MONITOR_THRESHOLD,
        ObserveDirectives.LATENCY_TRACKING,
        ClientDirectives.NOTIFY_KEYSPACE_EVENTS,
        ClientDirectives.CLIENT_QUERY_BUFFER_LIMIT,
        ReplicationDirectives.REPL_BACKLOG_SIZE,
        MemoryDirectives.ACTIVE_EXPIRE_EFFORT);
    warn(config);
    config.afterChange(
        () -> warn(config),
        DirectiveTable.ALL.stream()
            .filter(directive -> directive.comesWith() != null)
            .toArray(Directive<?>[]::new));
    config.afterChange(
        () -> Logging.level(config.get(ProcessDirectives.LOGLEVEL)), ProcessDirectives.LOGLEVEL);
  }

  /** Nobody shall believe that something is done because a directive asks for it. */
  private static void warn(Config config) {
    for (Directive<?> directive : config.unread()) {
      LOG.warn(
          "Directive '{}' is set but has no effect yet: it comes with {}",
          directive.name(),
          directive.comesWith());
    }
  }

  private void apply(Settings now) {
    NodeState state = environment.state();
    state.password(now.get(SecurityDirectives.REQUIREPASS));
    state.replicaReadOnly(now.get(ReplicationDirectives.REPLICA_READ_ONLY));
    state.serveStaleData(now.get(ReplicationDirectives.REPLICA_SERVE_STALE_DATA));
    boolean ignored =
        now.get(ReplicationDirectives.PROPAGATION_ERROR_BEHAVIOR)
            == Choices.PropagationError.IGNORE;
    state.streamErrors().fatal(!ignored && now.get(ReplicationDirectives.REPLICA_READ_ONLY));
    state
        .streamErrors()
        .diskErrorsFatal(!now.get(ReplicationDirectives.REPLICA_IGNORE_DISK_WRITE_ERRORS));
    state.slowLogAfterUs(now.get(ObserveDirectives.SLOWLOG_LOG_SLOWER_THAN));
    state.queryBufferLimit(now.get(ClientDirectives.CLIENT_QUERY_BUFFER_LIMIT));
    environment
        .slowLog()
        .mostEntries((int) Math.min(1 << 20, now.get(ObserveDirectives.SLOWLOG_MAX_LEN)));
    environment.journal().backlog().bytes(now.get(ReplicationDirectives.REPL_BACKLOG_SIZE));
    expiry.effort(now.intOf(MemoryDirectives.ACTIVE_EXPIRE_EFFORT));
    environment.latency().thresholdMs(now.get(ObserveDirectives.LATENCY_MONITOR_THRESHOLD));
    environment.statistics().latencyTracking(now.get(ObserveDirectives.LATENCY_TRACKING));
    KeyEventClasses.apply(now, keyEvents);
  }
}
