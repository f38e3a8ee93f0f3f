package io.hashslot.dispatch;

import io.hashslot.command.CommandFlag;

/** Tells tests of other packages which writers would have to wait. */
public final class HeldWriters {
  private HeldWriters() {}

  /** Whether a write to a slot would have to wait now. */
  public static boolean of(SlotHold hold, int slot) {
    return hold.covers(CommandFlag.WRITE.bit(), slot);
  }
}
