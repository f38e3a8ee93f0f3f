package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.keyspace.Shard;
import io.hashslot.keyspace.Shards;
import java.nio.charset.StandardCharsets;

/** MEMORY MALLOC-STATS */
final class MemoryMallocStats {
  private MemoryMallocStats() {}

  static void execute(Context ctx, Args args) {
    Shards shards = ctx.keys().keyspace().shards();
    var text = new StringBuilder("arena used_bytes resident_bytes\n");
    for (int i = 0; i < shards.count(); i++) {
      Shard shard = shards.shard(i);
      text.append(i)
          .append(' ')
          .append(shard.arena().usedBytes())
          .append(' ')
          .append(shard.arena().residentBytes())
          .append('\n');
    }
    ctx.reply().verbatim("txt", text.toString().getBytes(StandardCharsets.ISO_8859_1));
  }
}
