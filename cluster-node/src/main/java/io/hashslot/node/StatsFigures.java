package io.hashslot.node;

import io.hashslot.cluster.MigrationLinks;
import io.hashslot.dispatch.Environment;
import io.hashslot.dispatch.MemoryLimit;
import io.hashslot.keyspace.ActiveExpiry;
import io.hashslot.keyspace.ShardStats;
import io.hashslot.keyspace.Shards;
import io.hashslot.observe.InfoText;
import io.hashslot.pubsub.PubSub;
import io.hashslot.replication.Admission;
import io.hashslot.session.Session;
import io.hashslot.session.Sessions;

/** The section Stats of INFO. */
final class StatsFigures {
  private StatsFigures() {}

  static void write(
      InfoText text,
      Environment environment,
      PubSub pubSub,
      Admission admission,
      ActiveExpiry expiry,
      MigrationLinks migrations) {
    MemoryLimit memory = environment.memory();
    long nowNs = environment.clock().monotonicNs();
    Sessions sessions = environment.sessions();
    long in = sessions.bytesInOfGone();
    long out = sessions.bytesOutOfGone();
    for (Session session : sessions.all()) {
      in += session.link().bytesIn();
      out += session.link().bytesOut();
    }
    long hits = 0;
    long misses = 0;
    long expired = 0;
    long evicted = 0;
    Shards shards = environment.keyspace().shards();
    for (int i = 0; i < shards.count(); i++) {
      ShardStats stats = shards.shard(i).stats();
      hits += stats.hits();
      misses += stats.misses();
      expired += stats.expired();
      evicted += stats.evicted();
    }
    text.field("total_connections_received", sessions.accepted())
        .field("total_commands_processed", environment.statistics().commands())
        .field("instantaneous_ops_per_sec", environment.statistics().operationsPerSecond())
        .field("total_net_input_bytes", in)
        .field("total_net_output_bytes", out)
        .field("rejected_connections", sessions.rejected())
        .field("sync_full", admission.full())
        .field("sync_partial_ok", admission.partial())
        .field("sync_partial_err", admission.refusedPartial())
        .field("expired_keys", expired)
        .decimal("expired_stale_perc", expiry.stalePercent())
        .field("expired_time_cap_reached_count", expiry.capReached())
        .field("expire_cycle_cpu_milliseconds", expiry.spentNs() / 1_000_000)
        .field("evicted_keys", evicted)
        .field("evicted_clients", environment.statistics().evictedClients())
        .field("total_eviction_exceeded_time", memory.exceededNs(nowNs) / 1_000_000)
        .field("current_eviction_exceeded_time", memory.exceededNowNs(nowNs) / 1_000_000)
        .field("keyspace_hits", hits)
        .field("keyspace_misses", misses)
        .field("pubsub_channels", pubSub.channelCount())
        .field("pubsub_patterns", pubSub.patternCount())
        .field("pubsubshard_channels", pubSub.shardChannelCount())
        .field("latest_fork_usec", 0)
        .field("total_forks", 0)
        .field("migrate_cached_sockets", migrations.count())
        .field("slave_expires_tracked_keys", 0)
        .field("active_defrag_hits", 0)
        .field("active_defrag_misses", 0)
        .field("active_defrag_key_hits", 0)
        .field("active_defrag_key_misses", 0)
        .field("total_active_defrag_time", 0)
        .field("current_active_defrag_time", 0)
        .field("tracking_total_keys", 0)
        .field("tracking_total_items", 0)
        .field("tracking_total_prefixes", 0)
        .field("unexpected_error_replies", 0)
        .field("total_error_replies", environment.statistics().errorReplies())
        .field("dump_payload_sanitizations", 0)
        .field("acl_access_denied_auth", environment.statistics().refusedLogins())
        .field("acl_access_denied_cmd", 0)
        .field("acl_access_denied_key", 0)
        .field("acl_access_denied_channel", 0);
  }
}
