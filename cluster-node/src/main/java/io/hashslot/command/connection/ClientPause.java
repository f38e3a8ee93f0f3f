package io.hashslot.command.connection;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.dispatch.NodeState;

/** CLIENT PAUSE timeout [WRITE | ALL] */
final class ClientPause {
  private final NodeState state;

  ClientPause(NodeState state) {
    this.state = state;
  }

  void execute(Context ctx, Args args) {
    if (args.count() > 4) {
      throw ClientHelp.wrongArguments(args);
    }
    NodeState.Pause what = NodeState.Pause.ALL;
    if (args.count() == 4) {
      if (args.is(3, "WRITE")) {
        what = NodeState.Pause.WRITES;
      } else if (!args.is(3, "ALL")) {
        throw CommandException.err("CLIENT PAUSE mode must be WRITE or ALL");
      }
    }
    long ms = args.integer(2, CommandException.err("timeout is not an integer or out of range"));
    if (ms < 0) {
      throw CommandException.err("timeout is negative");
    }
    if (ms > Long.MAX_VALUE - ctx.nowMs()) {
      throw CommandException.err("timeout is out of range");
    }
    state.pause(what, ctx.nowMs() + ms, ctx.nowMs());
    ctx.reply().ok();
  }
}
