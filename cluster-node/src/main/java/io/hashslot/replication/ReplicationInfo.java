package io.hashslot.replication;

import io.hashslot.journal.Journal;
import io.hashslot.journal.ReplicationHistory;
import io.hashslot.resp.ReplyWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The replication section of INFO and the reply of ROLE, as Redis 7.0.15 gives them. */
final class ReplicationInfo {
  private static final long SECOND_NS = 1_000_000_000L;

  private ReplicationInfo() {}

  static String text(
      Replication replication,
      Upstream upstream,
      Replicas replicas,
      Journal journal,
      ReplicationSettings settings,
      Staleness staleness,
      LostWrites lostWrites,
      long nowNs) {
    Lines lines = new Lines();
    PrimaryEndpoint primary = replication.primary();
    boolean replica = replication.isReplica();
    lines.add("role", replica ? "slave" : "master");
    if (replica && primary != null) {
      replicaLines(lines, primary, upstream, journal, settings, nowNs);
      if (staleness.bounded()) {
        lines.add(PrimaryReport.AGE_FIELD, staleness.ageMs());
      }
    }
    List<Replica> all = replicas.all();
    lines.add("connected_slaves", all.size());
    if (settings.minReplicas() > 0 && settings.minReplicasMaxLagSeconds() > 0) {
      lines.add(
          "min_slaves_good_slaves", replicas.good(settings.minReplicasMaxLagSeconds(), nowNs));
    }
    for (int i = 0; i < all.size(); i++) {
      Replica one = all.get(i);
      lines.add(
          "slave" + i,
          "ip=%s,port=%d,state=%s,offset=%d,lag=%d,type=%s"
              .formatted(
                  one.ip(),
                  one.port(),
                  one.state().text(),
                  one.acknowledgedOffset(),
                  one.lagSeconds(nowNs),
                  one.type()));
    }
    lines.add("replicas_waiting_psync", replication.waitingMainChannels());
    historyLines(lines, replication.failover(), replication.history(), journal);
    if (lostWrites.files() > 0) {
      lines.add("lost_writes_files", lostWrites.files());
      lines.add("lost_writes_bytes", lostWrites.bytes());
    }
    return lines.toString();
  }

  private static void replicaLines(
      Lines lines,
      PrimaryEndpoint primary,
      Upstream upstream,
      Journal journal,
      ReplicationSettings settings,
      long nowNs) {
    SnapshotTransfer transfer = upstream.transfer();
    lines.add("master_host", primary.host());
    lines.add("master_port", primary.port());
    lines.add("master_link_status", upstream.connected() ? "up" : "down");
    lines.add("master_last_io_seconds_ago", upstream.idleSeconds());
    lines.add("master_sync_in_progress", transfer != null ? 1 : 0);
    // The C servers begin to count at 1 when there is no primary whose stream they know.
    boolean known = upstream.connected() || upstream.positionKnown();
    lines.add("slave_read_repl_offset", known ? upstream.readOffset() : 1);
    lines.add("slave_repl_offset", known ? journal.end() : 1);
    lines.add("replicas_repl_buffer_size", upstream.earlyBytes());
    lines.add("replicas_repl_buffer_peak", upstream.earlyPeakBytes());
    if (transfer != null) {
      transferLines(lines, transfer, upstream);
    }
    if (!upstream.connected()) {
      long since = upstream.downSinceNs();
      lines.add("master_link_down_since_seconds", since < 0 ? -1 : (nowNs - since) / SECOND_NS);
    }
    lines.add("slave_priority", settings.priority());
    lines.add("slave_read_only", settings.readOnly() ? 1 : 0);
    lines.add("replica_announced", settings.announced() ? 1 : 0);
  }

  private static void transferLines(Lines lines, SnapshotTransfer transfer, Upstream upstream) {
    long total = transfer.totalBytes();
    long read = transfer.readBytes();
    lines.add("master_sync_total_bytes", Math.max(0, total));
    lines.add("master_sync_read_bytes", read);
    lines.add("master_sync_left_bytes", total < 0 ? -read : total - read);
    lines.add(
        "master_sync_perc",
        String.format(Locale.ROOT, "%.2f", total <= 0 ? 0 : 100.0 * read / total));
    lines.add("master_sync_last_io_seconds_ago", Math.max(0, upstream.idleSeconds()));
  }

  private static void historyLines(
      Lines lines, Failover failover, ReplicationHistory history, Journal journal) {
    boolean backlog = journal.backlog().isOpen();
    long end = journal.end();
    long first = backlog ? journal.first() : 0;
    lines.add("master_failover_state", failover.stateText());
    lines.add("master_replid", history.id());
    lines.add("master_replid2", history.formerId());
    lines.add("master_repl_offset", end);
    lines.add("second_repl_offset", history.formerEndOffset());
    lines.add("repl_backlog_active", backlog ? 1 : 0);
    lines.add("repl_backlog_size", journal.backlog().bytes());
    lines.add("repl_backlog_first_byte_offset", backlog ? first + 1 : 0);
    lines.add("repl_backlog_histlen", backlog ? end - first : 0);
  }

  static void role(
      Replication replication, Upstream upstream, Replicas replicas, ReplyWriter reply) {
    @Nullable PrimaryEndpoint primary = replication.primary();
    if (replication.isReplica() && primary != null) {
      reply.array(5);
      reply.bulk("slave");
      reply.bulk(primary.host());
      reply.integer(primary.port());
      reply.bulk(upstream.state().text());
      reply.integer(upstream.connected() ? replication.offset() : -1);
      return;
    }
    List<Replica> online = replicas.all().stream().filter(Replica::online).toList();
    reply.array(3);
    reply.bulk("master");
    reply.integer(replication.offset());
    reply.array(online.size());
    for (Replica replica : online) {
      reply.array(3);
      reply.bulk(replica.ip());
      reply.bulk(Integer.toString(replica.port()));
      reply.bulk(Long.toString(replica.acknowledgedOffset()));
    }
  }

  private static final class Lines {
    private final StringBuilder text = new StringBuilder();

    void add(String name, Object value) {
      text.append(name).append(':').append(value).append("\r\n");
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
