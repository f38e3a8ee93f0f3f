package io.hashslot.dispatch;

import io.hashslot.command.CommandSpec;
import io.hashslot.command.KeyPositions;
import io.hashslot.keyspace.Key;
import io.hashslot.keyspace.Keys;
import io.hashslot.resp.Decimal;
import io.hashslot.resp.Request;
import org.jspecify.annotations.Nullable;

/**
 * Looks which keys of a request are here, because their slot is being moved. A transaction is
 * looked at as a whole, each command in the database that is selected by then. The shards of all
 * keys must have been entered. Rarely needed: it allocates.
 */
final class KeysAtHand {
  private final Keys keys;
  private final KeyPositions positions = new KeyPositions();
  private @Nullable Key first;
  private int present;
  private int absent;
  private boolean several;
  private boolean acrossDatabases;

  KeysAtHand(Keys keys) {
    this.keys = keys;
  }

  /**
   * Counts.
   *
   * @param transaction what was queued, if the request is its EXEC, else null
   */
  SlotGate.Found count(CommandSpec command, Request request, @Nullable Transaction transaction) {
    first = null;
    present = 0;
    absent = 0;
    several = false;
    acrossDatabases = false;
    int made = keys.keyCount();
    int selected = keys.database();
    if (transaction == null) {
      add(command, request);
    } else {
      for (Transaction.Queued queued : transaction.queued()) {
        add(queued.command(), queued.request());
        select(queued);
      }
    }
    keys.select(selected);
    keys.forgetAfter(made);
    return new SlotGate.Found(present, absent, several, acrossDatabases);
  }

  private void select(Transaction.Queued queued) {
    if (queued.command().name().equals("select")) {
      Request request = queued.request();
      long database = Decimal.parse(request.address(1), request.length(1));
      if (database >= 0 && database < keys.keyspace().databases()) {
        keys.select((int) database);
      }
    }
  }

  private void add(CommandSpec command, Request request) {
    acrossDatabases |= leavesDatabase(command, request);
    positions.clear();
    command.collectKeys(request, positions);
    for (int i = 0; i < positions.count(); i++) {
      int argument = positions.argument(i);
      Key key = keys.key(request.address(argument), request.length(argument), argument);
      if (first == null) {
        first = key;
      }
      several |= !key.sameAs(first);
      if (keys.has(key)) {
        present++;
      } else {
        absent++;
      }
    }
  }

  /** Tells whether a command moves or copies a key to another database. */
  private boolean leavesDatabase(CommandSpec command, Request request) {
    if (command.name().equals("move")) {
      return true;
    }
    boolean leaves = false;
    if (command.name().equals("copy")) {
      for (int i = 3; i + 1 < request.count(); i++) {
        if (request.is(i, "DB")) {
          i++;
          leaves = Decimal.parse(request.address(i), request.length(i)) != keys.database();
        }
      }
    }
    return leaves;
  }
}
