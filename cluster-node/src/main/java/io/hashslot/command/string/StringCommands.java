package io.hashslot.command.string;

import static io.hashslot.command.AclCategory.STRING;
import static io.hashslot.command.CommandFlag.DENYOOM;
import static io.hashslot.command.CommandFlag.FAST;
import static io.hashslot.command.CommandFlag.READONLY;
import static io.hashslot.command.CommandFlag.WRITE;
import static io.hashslot.command.KeyFlag.ACCESS;
import static io.hashslot.command.KeyFlag.RO;
import static io.hashslot.command.KeyFlag.RW;
import static io.hashslot.command.KeyFlag.UPDATE;
import static io.hashslot.command.KeyFlag.VARIABLE_FLAGS;

import io.hashslot.command.CommandSpec;
import io.hashslot.command.KeySpec;
import java.util.List;

/** The commands on strings, in alphabetical order: what each may touch, and what runs. */
public final class StringCommands {
  private StringCommands() {}

  /** Returns the rows. */
  public static List<CommandSpec> table() {
    return List.of(
        CommandSpec.row("GET", 2, Get::execute)
            .flags(READONLY, FAST)
            .acl(STRING)
            .keys(KeySpec.at(1, RO, ACCESS))
            .done(),
        CommandSpec.row("SET", -3, Set::execute)
            .flags(WRITE, DENYOOM)
            .acl(STRING)
            .keys(KeySpec.at(1, RW, ACCESS, UPDATE, VARIABLE_FLAGS))
            .done());
  }
}
