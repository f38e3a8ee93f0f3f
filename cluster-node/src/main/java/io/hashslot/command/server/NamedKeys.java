package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.CommandFlag;
import io.hashslot.command.CommandSpec;
import io.hashslot.command.CommandTable;
import io.hashslot.command.KeyFlag;
import io.hashslot.command.KeyPositions;
import io.hashslot.command.KeySpec;
import io.hashslot.resp.Request;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The keys that a command within a command names: {@code COMMAND GETKEYS} and its sister. */
final class NamedKeys {
  /** One key, and what the command does with it. */
  record NamedKey(byte[] name, Set<KeyFlag> flags) {}

  private NamedKeys() {}

  /**
   * Returns the keys of the command that begins at the third argument.
   *
   * @throws CommandException if there is no such command, or it can have no keys, or not so
   */
  static List<NamedKey> of(CommandTable table, Args args) {
    List<byte[]> words = new ArrayList<>();
    for (int i = 2; i < args.count(); i++) {
      words.add(args.bytes(i));
    }
    Request inner = new Request();
    inner.copyFrom(words);
    try {
      return of(table, inner);
    } finally {
      inner.release();
    }
  }

  private static List<NamedKey> of(CommandTable table, Request inner) {
    CommandSpec row = table.find(inner);
    if (row == null || row.body() == null) {
      throw CommandException.err("Invalid command specified");
    }
    if (row.keys().stream().noneMatch(KeySpec::namesKeys)) {
      throw CommandException.err("The command has no key arguments");
    }
    if (!row.arityAllows(inner.count())) {
      throw CommandException.err("Invalid number of arguments specified for command");
    }
    KeyPositions positions = new KeyPositions();
    boolean fits = row.collectKeys(inner, positions);
    List<NamedKey> keys = new ArrayList<>();
    for (int i = 0; fits && i < positions.count(); i++) {
      if (positions.spec(i).namesKeys()) {
        Set<KeyFlag> flags = flags(row, inner, positions.spec(i));
        keys.add(new NamedKey(inner.bytes(positions.argument(i)), flags));
      }
    }
    if (keys.isEmpty() && !row.has(CommandFlag.NO_MANDATORY_KEYS)) {
      throw CommandException.err("Invalid arguments specified for command");
    }
    return keys;
  }

  /** Where the flags depend on the arguments, they are told for these arguments. */
  private static Set<KeyFlag> flags(CommandSpec row, Request inner, KeySpec spec) {
    if (!spec.flags().contains(KeyFlag.VARIABLE_FLAGS)) {
      return spec.flags();
    }
    return switch (row.name()) {
      case "set" ->
          anyIs(inner, 3, "GET")
              ? EnumSet.of(KeyFlag.RW, KeyFlag.ACCESS, KeyFlag.UPDATE)
              : EnumSet.of(KeyFlag.OW, KeyFlag.UPDATE);
      case "bitfield" ->
          anyIs(inner, 2, "SET") || anyIs(inner, 2, "INCRBY")
              ? EnumSet.of(KeyFlag.RW, KeyFlag.ACCESS, KeyFlag.UPDATE)
              : EnumSet.of(KeyFlag.RO, KeyFlag.ACCESS);
      default -> spec.flags();
    };
  }

  private static boolean anyIs(Request inner, int from, String word) {
    for (int i = from; i < inner.count(); i++) {
      if (inner.is(i, word)) {
        return true;
      }
    }
    return false;
  }
}
