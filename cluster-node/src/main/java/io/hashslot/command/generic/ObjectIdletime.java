package io.hashslot.command.generic;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.keyspace.AccessClock;

/** OBJECT IDLETIME key */
final class ObjectIdletime {
  private ObjectIdletime() {}

  static void execute(Context ctx, Args args) {
    int clock = ctx.keys().accessClock(ctx.key(2));
    AccessClock accessClock = ctx.keys().keyspace().accessClock();
    if (clock < 0) {
      ctx.reply().nil();
    } else if (!accessClock.lfu()) {
      ctx.reply().integer(accessClock.idleSeconds(clock, ctx.nowMs()));
    } else {
      throw CommandException.err(
          "An LFU maxmemory policy is selected, idle time not tracked. Please note that when"
              + " switching between policies at runtime LRU and LFU data will take some time to"
              + " adjust.");
    }
  }
}
