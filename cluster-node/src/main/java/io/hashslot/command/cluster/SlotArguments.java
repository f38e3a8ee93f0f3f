package io.hashslot.command.cluster;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.slot.Slots;
import it.unimi.dsi.fastutil.ints.IntArrayList;

/** Slots as arguments. */
final class SlotArguments {
  private SlotArguments() {}

  /** Returns one slot. */
  static int slot(Args args, int i) {
    return slot(args, i, "Invalid or out of range slot");
  }

  /** Returns one slot, or fails with the given text. */
  static int slot(Args args, int i, String problem) {
    CommandException invalid = CommandException.err(problem);
    long slot = args.integer(i, invalid);
    if (slot < 0 || slot >= Slots.COUNT) {
      throw invalid;
    }
    return (int) slot;
  }

  /** Returns the slots from argument 2 on. */
  static int[] list(Args args) {
    int[] slots = new int[args.count() - 2];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = slot(args, i + 2);
    }
    return slots;
  }

  /** Returns the slots of the ranges from argument 2 on. */
  static int[] ranges(Args args, String command) {
    if (args.count() % 2 == 1) {
      throw CommandException.err("wrong number of arguments for '" + command + "' command");
    }
    IntArrayList slots = new IntArrayList();
    for (int i = 2; i < args.count(); i += 2) {
      int first = slot(args, i);
      int last = slot(args, i + 1);
      if (first > last) {
        throw CommandException.err(
            "start slot number " + first + " is greater than end slot number " + last);
      }
      for (int slot = first; slot <= last; slot++) {
        slots.add(slot);
      }
    }
    return slots.toIntArray();
  }
}
