package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.journal.Journal;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.observe.MemoryUse;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.session.Session;
import io.hashslot.session.Sessions;
import java.util.LinkedHashMap;
import java.util.Map;

/** MEMORY STATS */
final class MemoryStats {
  private final Journal journal;
  private final Sessions sessions;

  MemoryStats(Journal journal, Sessions sessions) {
    this.journal = journal;
    this.sessions = sessions;
  }

  void execute(Context ctx, Args args) {
    Keyspace keyspace = ctx.keys().keyspace();
    MemoryUse use = MemoryUse.now(keyspace, journal.memoryBytes());
    long keys = 0;
    for (int i = 0; i < keyspace.databases(); i++) {
      keys += keyspace.size(i);
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("peak.allocated", use.peak());
    figures.put("total.allocated", use.used());
    figures.put("startup.allocated", 0L);
    figures.put("replication.backlog", use.journal());
    figures.put("clients.slaves", buffers(true));
    figures.put("clients.normal", buffers(false));
    figures.put("cluster.links", 0L);
    figures.put("aof.buffer", 0L);
    figures.put("lua.caches", 0L);
    figures.put("functions.caches", 0L);
    figures.put("overhead.total", use.overhead());
    figures.put("keys.count", keys);
    figures.put("keys.bytes-per-key", keys == 0 ? 0L : use.data() / keys);
    figures.put("dataset.bytes", use.data());
    figures.put("dataset.percentage", 100 * MemoryUse.ratio(use.data(), use.used()));
    figures.put("peak.percentage", 100 * MemoryUse.ratio(use.used(), use.peak()));
    figures.put("allocator.allocated", use.data());
    figures.put("allocator.active", use.dataResident());
    figures.put("allocator.resident", use.dataResident());
    figures.put("allocator.muzzy", 0L);
    figures.put("allocator-fragmentation.ratio", MemoryUse.ratio(use.dataResident(), use.data()));
    figures.put("allocator-fragmentation.bytes", use.dataResident() - use.data());
    figures.put("allocator-rss.ratio", 1.0);
    figures.put("allocator-rss.bytes", 0L);
    figures.put("rss-overhead.ratio", MemoryUse.ratio(use.resident(), use.dataResident()));
    figures.put("rss-overhead.bytes", use.resident() - use.dataResident());
    figures.put("fragmentation", MemoryUse.ratio(use.resident(), use.used()));
    figures.put("fragmentation.bytes", use.resident() - use.used());
    write(ctx.reply(), figures);
  }

  private long buffers(boolean ofReplicas) {
    long bytes = 0;
    for (Session session : sessions.all()) {
      if (session.replicaLink() == ofReplicas) {
        bytes += session.link().pendingOutputBytes() + session.link().pendingInputBytes();
      }
    }
    return bytes;
  }

  private static void write(ReplyWriter reply, Map<String, Object> figures) {
    reply.map(figures.size());
    figures.forEach(
        (name, figure) -> {
          reply.bulk(name);
          if (figure instanceof Long number) {
            reply.integer(number);
          } else {
            reply.real(figure.toString());
          }
        });
  }
}
