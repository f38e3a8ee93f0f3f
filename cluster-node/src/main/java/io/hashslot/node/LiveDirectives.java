package io.hashslot.node;

import io.hashslot.config.ClientDirectives;
import io.hashslot.config.Config;
import io.hashslot.config.MemoryDirectives;
import io.hashslot.config.ObserveDirectives;
import io.hashslot.config.ProcessDirectives;
import io.hashslot.config.ReplicationDirectives;
import io.hashslot.config.SecurityDirectives;
import io.hashslot.config.Settings;
import io.hashslot.dispatch.NodeState;
import io.hashslot.journal.Journal;
import io.hashslot.keyspace.ActiveExpiry;
import io.hashslot.observe.LatencyEvents;
import io.hashslot.observe.SlowLog;
import io.hashslot.observe.Statistics;
import io.hashslot.pubsub.KeyEventMessages;

/** Lets directives act on the parts they concern, at the start and whenever they change. */
record LiveDirectives(
    Config config,
    NodeState state,
    SlowLog slowLog,
    Journal journal,
    ActiveExpiry expiry,
    LatencyEvents latency,
    Statistics statistics,
    KeyEventMessages keyEvents) {
  void follow() {
    apply(config.settings());
    config.onChange(
        (_, now) -> {
          apply(now);
          return null;
        },
        SecurityDirectives.REQUIREPASS,
        ReplicationDirectives.REPLICA_READ_ONLY,
        ReplicationDirectives.REPLICA_SERVE_STALE_DATA,
        ObserveDirectives.SLOWLOG_LOG_SLOWER_THAN,
        ObserveDirectives.SLOWLOG_MAX_LEN,
        ObserveDirectives.LATENCY_MONITOR_THRESHOLD,
        ObserveDirectives.LATENCY_TRACKING,
        ClientDirectives.NOTIFY_KEYSPACE_EVENTS,
        ClientDirectives.CLIENT_QUERY_BUFFER_LIMIT,
        ReplicationDirectives.REPL_BACKLOG_SIZE,
        MemoryDirectives.ACTIVE_EXPIRE_EFFORT);
    config.afterChange(
        () -> Logging.level(config.get(ProcessDirectives.LOGLEVEL)), ProcessDirectives.LOGLEVEL);
  }

  private void apply(Settings now) {
    state.password(now.get(SecurityDirectives.REQUIREPASS));
    state.replicaReadOnly(now.get(ReplicationDirectives.REPLICA_READ_ONLY));
    state.serveStaleData(now.get(ReplicationDirectives.REPLICA_SERVE_STALE_DATA));
    state.slowLogAfterUs(now.get(ObserveDirectives.SLOWLOG_LOG_SLOWER_THAN));
    state.queryBufferLimit(now.get(ClientDirectives.CLIENT_QUERY_BUFFER_LIMIT));
    slowLog.mostEntries((int) Math.min(1 << 20, now.get(ObserveDirectives.SLOWLOG_MAX_LEN)));
    journal.backlogBytes(now.get(ReplicationDirectives.REPL_BACKLOG_SIZE));
    expiry.effort(now.intOf(MemoryDirectives.ACTIVE_EXPIRE_EFFORT));
    latency.thresholdMs(now.get(ObserveDirectives.LATENCY_MONITOR_THRESHOLD));
    statistics.latencyTracking(now.get(ObserveDirectives.LATENCY_TRACKING));
    KeyEventClasses.apply(now, keyEvents);
  }
}
