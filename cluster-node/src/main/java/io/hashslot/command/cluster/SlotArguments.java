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
    CommandException invalid = CommandException.err("Invalid or out of range slot");
    return inRange(args.integer(i, invalid), invalid);
  }

  /** Returns one slot; if there is no such one fails with the given text. */
  static int slot(Args args, int i, String problem) {
    return inRange(args.integer(i), CommandException.err(problem));
  }

  private static int inRange(long slot, CommandException invalid) {
    if (slot < 0 || slot >= Slots.COUNT) {
      throw invalid;
    }
    return (int) slot;
  }

  /** Returns the error for a subcommand with more arguments than it can have. */
  static CommandException tooMany(Args args) {
    return CommandException.err(
        "unknown subcommand or wrong number of arguments for '"
            + args.text(1)
            + "'. Try CLUSTER HELP.");
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
