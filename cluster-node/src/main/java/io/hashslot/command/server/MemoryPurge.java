package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.Context;

/** MEMORY PURGE */
final class MemoryPurge {
  private MemoryPurge() {}

  static void execute(Context ctx, Args args) {
    // Arenas give pages back by themselves; what can be asked for is the garbage on the heap.
    System.gc();
    ctx.reply().ok();
  }
}
