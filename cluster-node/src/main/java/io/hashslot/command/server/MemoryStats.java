package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.dispatch.ClientMemory;
import io.hashslot.journal.Journal;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.observe.MemoryUse;
import io.hashslot.resp.ReplyWriter;
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
    ClientMemory clients = ClientMemory.of(sessions);
    MemoryUse use = MemoryUse.now(keyspace, journal.memoryBytes(), clients.sum());
    long keys = 0;
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("peak.allocated", use.peak());
    figures.put("total.allocated", use.used());
    figures.put("startup.allocated", 0L);
    figures.put("replication.backlog", use.journal());
    figures.put("clients.slaves", clients.replicas());
    figures.put("clients.normal", clients.others());
    figures.put("cluster.links", 0L);
    figures.put("aof.buffer", 0L);
    figures.put("lua.caches", 0L);
    figures.put("functions.caches", 0L);
    long indexes = 0;
    for (int i = 0; i < keyspace.databases(); i++) {
      long size = keyspace.size(i);
      if (size > 0) {
        long main = size * Keyspace.INDEX_SHARE_BYTES;
        long expires = keyspace.expiring(i) * Keyspace.INDEX_SHARE_BYTES;
        Map<String, Object> database = new LinkedHashMap<>();
        database.put("overhead.hashtable.main", main);
        database.put("overhead.hashtable.expires", expires);
        figures.put("db." + i, database);
        keys += size;
        indexes += main + expires;
      }
    }
    figures.put("overhead.db.hashtable.lut", indexes);
    figures.put("overhead.db.hashtable.rehashing", 0L);
    figures.put("overhead.total", use.overhead() + indexes);
    figures.put("db.dict.rehashing.count", 0L);
    figures.put("keys.count", keys);
    figures.put("keys.bytes-per-key", keys == 0 ? 0L : use.data() / keys);
    figures.put("dataset.bytes", use.data() - indexes);
    figures.put("dataset.percentage", 100 * MemoryUse.ratio(use.data() - indexes, use.used()));
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

  private static void write(ReplyWriter reply, Map<String, Object> figures) {
    reply.map(figures.size());
    figures.forEach(
        (name, figure) -> {
          reply.bulk(name);
          switch (figure) {
            case Long number -> reply.integer(number);
            case Map<?, ?> figuresOfDatabase -> database(reply, figuresOfDatabase);
            default -> reply.real(figure.toString());
          }
        });
  }

  private static void database(ReplyWriter reply, Map<?, ?> figures) {
    reply.map(figures.size());
    figures.forEach(
        (name, bytes) -> {
          reply.bulk((String) name);
          reply.integer((Long) bytes);
        });
  }
}
