package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.dispatch.MemoryLimit;
import io.hashslot.dispatch.SlotUse;
import io.hashslot.keyspace.Shards;
import io.hashslot.observe.Statistics;
import io.hashslot.session.Sessions;
import org.jspecify.annotations.Nullable;

/** CONFIG RESETSTAT */
final class ConfigResetstat {
  private final Statistics statistics;
  private final Sessions sessions;
  private final MemoryLimit memory;
  private final @Nullable SlotUse slotUse;

  ConfigResetstat(
      Statistics statistics, Sessions sessions, MemoryLimit memory, @Nullable SlotUse slotUse) {
    this.slotUse = slotUse;
    this.memory = memory;
    this.statistics = statistics;
    this.sessions = sessions;
  }

  void execute(Context ctx, Args args) {
    statistics.reset();
    sessions.resetStatistics();
    memory.resetStatistics();
    if (slotUse != null) {
      slotUse.reset();
    }
    Shards shards = ctx.keys().keyspace().shards();
    for (int i = 0; i < shards.count(); i++) {
      shards.shard(i).stats().reset();
    }
    ctx.reply().ok();
  }
}
