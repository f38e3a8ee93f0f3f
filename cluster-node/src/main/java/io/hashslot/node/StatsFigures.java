package io.hashslot.node;

import io.hashslot.cluster.MigrationLinks;
import io.hashslot.dispatch.Environment;
import io.hashslot.dispatch.MemoryLimit;
import io.hashslot.keyspace.ActiveExpiry;
import io.hashslot.keyspace.ShardStats;
import io.hashslot.keyspace.Shards;
import io.hashslot.observe.InfoText;
import io.hashslot.observe.Rates;
import io.hashslot.observe.Rates.Counter;
import io.hashslot.observe.Statistics;
import io.hashslot.pubsub.PubSub;
import io.hashslot.replication.Admission;
import io.hashslot.session.Sessions;
import io.hashslot.session.Traffic;

/** The section Stats of INFO. */
final class StatsFigures {
  private StatsFigures() {}

  static void write(
      InfoText text,
      Environment environment,
      PubSub pubSub,
      Admission admission,
      ActiveExpiry expiry,
      MigrationLinks migrations,
      Rates rates) {
    MemoryLimit memory = environment.memory();
    long nowNs = environment.clock().monotonicNs();
    Sessions sessions = environment.sessions();
    Statistics statistics = environment.statistics();
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
        .field("total_commands_processed", statistics.commands())
        .field("instantaneous_ops_per_sec", Math.round(rates.perSecond(Counter.COMMANDS)));
    traffic(text, sessions, rates);
    text.field("rejected_connections", sessions.rejected())
        .field("sync_full", admission.full())
        .field("sync_partial_ok", admission.partial())
        .field("sync_partial_err", admission.refusedPartial())
        .field("expired_keys", expired)
        .decimal("expired_stale_perc", expiry.stalePercent())
        .field("expired_time_cap_reached_count", expiry.capReached())
        .field("expire_cycle_cpu_milliseconds", expiry.spentNs() / 1_000_000)
        .field("evicted_keys", evicted)
        .field("evicted_clients", statistics.evictedClients())
        .field("evicted_scripts", 0)
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
        .field("slave_expires_tracked_keys", environment.keyspace().ownExpiries().size())
        .field("active_defrag_hits", 0)
        .field("active_defrag_misses", 0)
        .field("active_defrag_key_hits", 0)
        .field("active_defrag_key_misses", 0)
        .field("total_active_defrag_time", 0)
        .field("current_active_defrag_time", 0)
        .field("tracking_total_keys", 0)
        .field("tracking_total_items", 0)
        .field("tracking_total_prefixes", 0)
        .field("unexpected_error_replies", environment.state().streamErrors().count())
        .field("total_error_replies", statistics.errorReplies())
        .field("dump_payload_sanitizations", 0);
    loops(text, environment, sessions, rates);
    text.field("acl_access_denied_auth", statistics.refusedLogins())
        .field("acl_access_denied_cmd", 0)
        .field("acl_access_denied_key", 0)
        .field("acl_access_denied_channel", 0);
  }

  private static void traffic(InfoText text, Sessions sessions, Rates rates) {
    Sessions.Sums sums = sessions.traffic();
    Traffic clients = sums.clients();
    Traffic replicas = sums.replicas();
    text.field("total_net_input_bytes", clients.bytesIn() + replicas.bytesIn())
        .field("total_net_output_bytes", clients.bytesOut() + replicas.bytesOut())
        .field("total_net_repl_input_bytes", sessions.upstreamTraffic().bytesIn())
        .field("total_net_repl_output_bytes", replicas.bytesOut());
    kilobytes(text, "instantaneous_input_kbps", rates, Counter.BYTES_IN);
    kilobytes(text, "instantaneous_output_kbps", rates, Counter.BYTES_OUT);
    kilobytes(text, "instantaneous_input_repl_kbps", rates, Counter.REPLICATION_BYTES_IN);
    kilobytes(text, "instantaneous_output_repl_kbps", rates, Counter.REPLICATION_BYTES_OUT);
  }

  private static void kilobytes(InfoText text, String name, Rates rates, Counter counter) {
    text.decimal(name, rates.perSecond(counter) / 1024);
  }

  private static void loops(
      InfoText text, Environment environment, Sessions sessions, Rates rates) {
    Statistics statistics = environment.statistics();
    Sessions.Sums sums = sessions.traffic();
    Traffic all = sums.clients();
    all.add(sums.replicas());
    Statistics.LoopWork work = statistics.loopWork();
    double turns = rates.perSecond(Counter.TURNS);
    double busyUs = rates.perSecond(Counter.BUSY_NS) / 1000;
    text.field("total_reads_processed", all.reads())
        .field("total_writes_processed", all.writes())
        .field("client_query_buffer_limit_disconnections", statistics.clientsWithTooMuchInput())
        .field("client_output_buffer_limit_disconnections", statistics.clientsWithTooMuchOutput())
        .field("eventloop_cycles", work.turns())
        .field("eventloop_duration_sum", work.busyNs() / 1000)
        .field("eventloop_duration_cmd_sum", work.commandNs() / 1000)
        .field("instantaneous_eventloop_cycles_per_sec", Math.round(turns))
        .field("instantaneous_eventloop_duration_usec", turns < 1 ? 0 : Math.round(busyUs / turns));
  }

  /** Makes the rates that are shown here. */
  static Rates rates(Environment environment) {
    Sessions sessions = environment.sessions();
    Statistics statistics = environment.statistics();
    Rates rates = new Rates();
    rates.source(
        figures -> {
          Sessions.Sums traffic = sessions.traffic();
          Statistics.LoopWork work = statistics.loopWork();
          long sent = traffic.replicas().bytesOut();
          figures[Counter.COMMANDS.ordinal()] = statistics.commands();
          figures[Counter.BYTES_IN.ordinal()] =
              traffic.clients().bytesIn() + traffic.replicas().bytesIn();
          figures[Counter.BYTES_OUT.ordinal()] = traffic.clients().bytesOut() + sent;
          figures[Counter.REPLICATION_BYTES_IN.ordinal()] = sessions.upstreamTraffic().bytesIn();
          figures[Counter.REPLICATION_BYTES_OUT.ordinal()] = sent;
          figures[Counter.TURNS.ordinal()] = work.turns();
          figures[Counter.BUSY_NS.ordinal()] = work.busyNs();
        });
    return rates;
  }
}
