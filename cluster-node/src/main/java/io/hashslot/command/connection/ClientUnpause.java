package io.hashslot.command.connection;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.dispatch.NodeState;

/** CLIENT UNPAUSE */
final class ClientUnpause {
  private final NodeState state;

  ClientUnpause(NodeState state) {
    this.state = state;
  }

  void execute(Context ctx, Args args) {
    state.unpause();
    ctx.reply().ok();
  }
}
