package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.dispatch.MemoryLimit;
import io.hashslot.keyspace.Shards;
import io.hashslot.observe.Statistics;
import io.hashslot.session.Sessions;

/** CONFIG RESETSTAT */
final class ConfigResetstat {
  private final Statistics statistics;
  private final Sessions sessions;
  private final MemoryLimit memory;

  ConfigResetstat(Statistics statistics, Sessions sessions, MemoryLimit memory) {
    this.memory = memory;
    this.statistics = statistics;
    this.sessions = sessions;
  }

  void execute(Context ctx, Args args) {
    statistics.reset();
    sessions.resetStatistics();
    memory.resetStatistics();
    Shards shards = ctx.keys().keyspace().shards();
    for (int i = 0; i < shards.count(); i++) {
      shards.shard(i).stats().reset();
    }
    ctx.reply().ok();
  }
}
