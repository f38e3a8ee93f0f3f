package io.hashslot.command.connection;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;

/** The words {@code ON} and {@code OFF}. */
final class OnOff {
  private OnOff() {}

  /**
   * Tells whether an argument is {@code ON}.
   *
   * @throws CommandException if it is neither
   */
  static boolean of(Args args, int i) {
    if (args.is(i, "ON")) {
      return true;
    }
    if (args.is(i, "OFF")) {
      return false;
    }
    throw CommandException.SYNTAX;
  }
}
