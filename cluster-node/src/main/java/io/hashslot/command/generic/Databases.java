package io.hashslot.command.generic;

import io.hashslot.command.CommandException;
import io.hashslot.keyspace.Key;
import io.hashslot.keyspace.Keys;

/** Databases other than the selected one. */
final class Databases {
  private Databases() {}

  /**
   * Returns the index of a database, if there is such a one.
   *
   * @throws CommandException if there is none
   */
  static int require(Keys keys, int index) {
    if (index < 0 || index >= keys.keyspace().databases()) {
      throw CommandException.err("DB index is out of range");
    }
    return index;
  }

  /** Tells whether a database has a key. */
  static boolean has(Keys keys, int database, Key key) {
    int selected = keys.database();
    keys.select(database);
    boolean present = keys.has(key);
    keys.select(selected);
    return present;
  }
}
