package io.hashslot.node;

import io.hashslot.dispatch.Environment;
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

  static void write(InfoText text, Environment environment, PubSub pubSub, Admission admission) {
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
    Shards shards = environment.keyspace().shards();
    for (int i = 0; i < shards.count(); i++) {
      ShardStats stats = shards.shard(i).stats();
      hits += stats.hits();
      misses += stats.misses();
      expired += stats.expired();
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
        .field("evicted_keys", 0)
        .field("keyspace_hits", hits)
        .field("keyspace_misses", misses)
        .field("pubsub_channels", pubSub.channelCount())
        .field("pubsub_patterns", pubSub.patternCount())
        .field("pubsubshard_channels", pubSub.shardChannelCount())
        .field("latest_fork_usec", 0)
        .field("total_forks", 0)
        .field("unexpected_error_replies", 0)
        .field("total_error_replies", environment.statistics().errorReplies())
        .field("acl_access_denied_auth", environment.statistics().refusedLogins());
  }
}
