package io.hashslot.command.transactions;

import static io.hashslot.command.AclCategory.TRANSACTION;
import static io.hashslot.command.CommandFlag.ALLOW_BUSY;
import static io.hashslot.command.CommandFlag.FAST;
import static io.hashslot.command.CommandFlag.IN_TRANSACTION;
import static io.hashslot.command.CommandFlag.LOADING;
import static io.hashslot.command.CommandFlag.NOSCRIPT;
import static io.hashslot.command.CommandFlag.NO_MULTI;
import static io.hashslot.command.CommandFlag.SKIP_SLOWLOG;
import static io.hashslot.command.CommandFlag.STALE;
import static io.hashslot.command.KeyFlag.RO;

import io.hashslot.command.CommandSpec;
import io.hashslot.command.KeySpec;
import io.hashslot.dispatch.Watches;
import java.util.List;

/** The commands of transactions, in alphabetical order. */
public final class TransactionsCommands {
  private TransactionsCommands() {}

  /** Returns the rows. */
  public static List<CommandSpec> table(Watches watches) {
    return List.of(
        CommandSpec.row("DISCARD", 1, new Discard(watches)::execute)
            .flags(NOSCRIPT, LOADING, STALE, FAST, ALLOW_BUSY, IN_TRANSACTION)
            .acl(TRANSACTION)
            .done(),
        CommandSpec.row("EXEC", 1, new Exec(watches)::execute)
            .flags(NOSCRIPT, LOADING, STALE, SKIP_SLOWLOG, IN_TRANSACTION)
            .acl(TRANSACTION)
            .done(),
        CommandSpec.row("MULTI", 1, Multi::execute)
            .flags(NOSCRIPT, LOADING, STALE, FAST, NO_MULTI, ALLOW_BUSY, IN_TRANSACTION)
            .acl(TRANSACTION)
            .done(),
        CommandSpec.row("UNWATCH", 1, new Unwatch(watches)::execute)
            .flags(NOSCRIPT, LOADING, STALE, FAST, ALLOW_BUSY)
            .acl(TRANSACTION)
            .done(),
        CommandSpec.row("WATCH", -2, new Watch(watches)::execute)
            .flags(NOSCRIPT, LOADING, STALE, FAST, NO_MULTI, ALLOW_BUSY, IN_TRANSACTION)
            .acl(TRANSACTION)
            .keys(KeySpec.range(1, -1, 1, RO))
            .done());
  }
}
