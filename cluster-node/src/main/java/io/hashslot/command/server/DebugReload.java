package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.dispatch.NodeState;
import io.hashslot.persist.snapshot.Saver;
import io.hashslot.persist.snapshot.SnapshotLoader;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** DEBUG RELOAD [NOSAVE] [NOFLUSH] [MERGE] */
final class DebugReload {
  private static final Logger LOG = LoggerFactory.getLogger(DebugReload.class);

  private final NodeState state;
  private final Saver saver;

  DebugReload(NodeState state, Saver saver) {
    this.state = state;
    this.saver = saver;
  }

  void execute(Context ctx, Args args) {
    boolean save = true;
    boolean flush = true;
    boolean merge = false;
    for (int i = 2; i < args.count(); i++) {
      if (args.is(i, "NOSAVE")) {
        save = false;
      } else if (args.is(i, "NOFLUSH")) {
        flush = false;
      } else if (args.is(i, "MERGE")) {
        merge = true;
      } else {
        throw CommandException.err(
            "DEBUG RELOAD only supports the MERGE, NOFLUSH and NOSAVE options.");
      }
    }
    if (state.loading()) {
      throw CommandException.err("Error trying to load the RDB dump, check server logs");
    }
    state.loading(true);
    try {
      if (save) {
        saver.save();
      }
      if (flush) {
        Debug.underAllLocks(ctx, () -> flush(ctx));
      }
      saver.load(
          state.replica() ? SnapshotLoader.Expired.KEEP : SnapshotLoader.Expired.DROP, merge);
    } catch (IOException problem) {
      LOG.error("DEBUG RELOAD failed", problem);
      throw CommandException.err("Error trying to load the RDB dump, check server logs");
    } finally {
      state.loading(false);
    }
    LOG.warn("DB reloaded by DEBUG RELOAD");
    ctx.reply().ok();
  }

  /** Forgets all data; all shards are held. */
  static void flush(Context ctx) {
    for (int i = 0; i < ctx.keys().keyspace().databases(); i++) {
      ctx.keys().keyspace().flush(i, false);
    }
  }
}
