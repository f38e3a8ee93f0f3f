package io.hashslot.command.connection;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;

/** What may be the name of a client or of its library: printable, without spaces. */
final class ClientName {
  private ClientName() {}

  /**
   * Returns an argument that is a fit name.
   *
   * @throws CommandException if it is not; {@code what} begins the text
   */
  static String of(Args args, int i, String what) {
    String name = args.text(i);
    for (int k = 0; k < name.length(); k++) {
      char c = name.charAt(k);
      if (c < '!' || c > '~') {
        throw CommandException.err(
            what + " cannot contain spaces, newlines or special characters.");
      }
    }
    return name;
  }
}
