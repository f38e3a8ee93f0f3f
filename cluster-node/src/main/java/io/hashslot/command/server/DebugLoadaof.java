package io.hashslot.command.server;

import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.dispatch.NodeState;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** DEBUG LOADAOF */
final class DebugLoadaof {
  private static final Logger LOG = LoggerFactory.getLogger(DebugLoadaof.class);

  private final NodeState state;
  private final AppendOnlyFiles files;

  DebugLoadaof(NodeState state, AppendOnlyFiles files) {
    this.state = state;
    this.files = files;
  }

  void execute(Context ctx) {
    if (state.loading()) {
      throw CommandException.err("Error trying to load the AOF files, check server logs");
    }
    state.loading(true);
    try {
      Debug.underAllLocks(
          ctx,
          () -> {
            files.complete();
            DebugReload.flush(ctx);
          });
      files.load();
    } catch (IOException problem) {
      LOG.error("DEBUG LOADAOF failed", problem);
      files.unreadable();
      throw CommandException.err("Error trying to load the AOF files, check server logs");
    } finally {
      state.loading(false);
    }
    LOG.warn("Append Only File loaded by DEBUG LOADAOF");
    ctx.reply().ok();
  }
}
