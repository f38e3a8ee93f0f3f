package io.hashslot.dispatch;

import io.hashslot.command.CommandSpec;
import io.hashslot.session.Session;
import io.hashslot.session.SessionSlot;
import org.jspecify.annotations.Nullable;

/** What becomes of the commands that another primary sends for slots that shall come here. */
public interface SlotImport {
  /** Where it hangs on the session of such a peer. */
  SessionSlot<SlotImport> SLOT = new SessionSlot<>();

  /**
   * Judges a command on keys, under the lock of their shard.
   *
   * @param slot the slot of all its keys, or {@link SlotGate#CROSS_SLOT}
   * @return what speaks against it, or null
   */
  @Nullable String refuse(CommandSpec command, int slot);

  /** A command was refused or failed: the copy is not whole any more. */
  void failed(String problem);

  /**
   * A command that is applied as it is was refused, or failed. Whoever replays files sees it by the
   * reply.
   */
  static void failed(
      NodeState state, Session session, @Nullable CommandSpec command, String problem) {
    SlotImport slotImport = session.get(SLOT);
    if (slotImport != null) {
      slotImport.failed(problem);
    } else if (!Replay.owns(session)) {
      state.streamErrors().failed(command == null ? "unknown" : command.name(), problem);
    }
  }
}
