package io.hashslot.command.list;

import static io.hashslot.command.AclCategory.LIST;
import static io.hashslot.command.CommandFlag.BLOCKING;
import static io.hashslot.command.CommandFlag.DENYOOM;
import static io.hashslot.command.CommandFlag.FAST;
import static io.hashslot.command.CommandFlag.MOVABLEKEYS;
import static io.hashslot.command.CommandFlag.READONLY;
import static io.hashslot.command.CommandFlag.WRITE;
import static io.hashslot.command.KeyFlag.ACCESS;
import static io.hashslot.command.KeyFlag.DELETE;
import static io.hashslot.command.KeyFlag.INSERT;
import static io.hashslot.command.KeyFlag.RO;
import static io.hashslot.command.KeyFlag.RW;
import static io.hashslot.command.KeyFlag.UPDATE;

import io.hashslot.command.CommandSpec;
import io.hashslot.command.KeySpec;
import java.util.List;

/** The commands on lists, in alphabetical order: what each may touch, and what runs. */
public final class ListCommands {
  private ListCommands() {}

  /** Returns the rows. */
  public static List<CommandSpec> table() {
    return List.of(
        CommandSpec.row("BLMOVE", 6, Blmove::execute)
            .flags(WRITE, DENYOOM, BLOCKING)
            .acl(LIST)
            .keys(KeySpec.at(1, RW, ACCESS, DELETE), KeySpec.at(2, RW, INSERT))
            .done(),
        CommandSpec.row("BLMPOP", -5, Blmpop::execute)
            .flags(WRITE, BLOCKING, MOVABLEKEYS)
            .acl(LIST)
            .keys(KeySpec.counted(2, RW, ACCESS, DELETE))
            .done(),
        CommandSpec.row("BLPOP", -3, Blpop::left)
            .flags(WRITE, BLOCKING)
            .acl(LIST)
            .keys(KeySpec.range(1, -2, 1, RW, ACCESS, DELETE))
            .done(),
        CommandSpec.row("BRPOP", -3, Blpop::right)
            .flags(WRITE, BLOCKING)
            .acl(LIST)
            .keys(KeySpec.range(1, -2, 1, RW, ACCESS, DELETE))
            .done(),
        CommandSpec.row("BRPOPLPUSH", 4, Blmove::rightToLeft)
            .flags(WRITE, DENYOOM, BLOCKING)
            .acl(LIST)
            .keys(KeySpec.at(1, RW, ACCESS, DELETE), KeySpec.at(2, RW, INSERT))
            .done(),
        CommandSpec.row("LINDEX", 3, Lindex::execute)
            .flags(READONLY)
            .acl(LIST)
            .keys(KeySpec.at(1, RO, ACCESS))
            .done(),
        CommandSpec.row("LINSERT", 5, Linsert::execute)
            .flags(WRITE, DENYOOM)
            .acl(LIST)
            .keys(KeySpec.at(1, RW, INSERT))
            .done(),
        CommandSpec.row("LLEN", 2, Llen::execute)
            .flags(READONLY, FAST)
            .acl(LIST)
            .keys(KeySpec.at(1, RO))
            .done(),
        CommandSpec.row("LMOVE", 5, Lmove::execute)
            .flags(WRITE, DENYOOM)
            .acl(LIST)
            .keys(KeySpec.at(1, RW, ACCESS, DELETE), KeySpec.at(2, RW, INSERT))
            .done(),
        CommandSpec.row("LMPOP", -4, Lmpop::execute)
            .flags(WRITE, MOVABLEKEYS)
            .acl(LIST)
            .keys(KeySpec.counted(1, RW, ACCESS, DELETE))
            .done(),
        CommandSpec.row("LPOP", -2, Lpop::left)
            .flags(WRITE, FAST)
            .acl(LIST)
            .keys(KeySpec.at(1, RW, ACCESS, DELETE))
            .done(),
        CommandSpec.row("LPOS", -3, Lpos::execute)
            .flags(READONLY)
            .acl(LIST)
            .keys(KeySpec.at(1, RO, ACCESS))
            .done(),
        CommandSpec.row("LPUSH", -3, Lpush::left)
            .flags(WRITE, DENYOOM, FAST)
            .acl(LIST)
            .keys(KeySpec.at(1, RW, INSERT))
            .done(),
        CommandSpec.row("LPUSHX", -3, Lpushx::left)
            .flags(WRITE, DENYOOM, FAST)
            .acl(LIST)
            .keys(KeySpec.at(1, RW, INSERT))
            .done(),
        CommandSpec.row("LRANGE", 4, Lrange::execute)
            .flags(READONLY)
            .acl(LIST)
            .keys(KeySpec.at(1, RO, ACCESS))
            .done(),
        CommandSpec.row("LREM", 4, Lrem::execute)
            .flags(WRITE)
            .acl(LIST)
            .keys(KeySpec.at(1, RW, DELETE))
            .done(),
        CommandSpec.row("LSET", 4, Lset::execute)
            .flags(WRITE, DENYOOM)
            .acl(LIST)
            .keys(KeySpec.at(1, RW, UPDATE))
            .done(),
        CommandSpec.row("LTRIM", 4, Ltrim::execute)
            .flags(WRITE)
            .acl(LIST)
            .keys(KeySpec.at(1, RW, DELETE))
            .done(),
        CommandSpec.row("RPOP", -2, Lpop::right)
            .flags(WRITE, FAST)
            .acl(LIST)
            .keys(KeySpec.at(1, RW, ACCESS, DELETE))
            .done(),
        CommandSpec.row("RPOPLPUSH", 3, Lmove::rightToLeft)
            .flags(WRITE, DENYOOM)
            .acl(LIST)
            .keys(KeySpec.at(1, RW, ACCESS, DELETE), KeySpec.at(2, RW, INSERT))
            .done(),
        CommandSpec.row("RPUSH", -3, Lpush::right)
            .flags(WRITE, DENYOOM, FAST)
            .acl(LIST)
            .keys(KeySpec.at(1, RW, INSERT))
            .done(),
        CommandSpec.row("RPUSHX", -3, Lpushx::right)
            .flags(WRITE, DENYOOM, FAST)
            .acl(LIST)
            .keys(KeySpec.at(1, RW, INSERT))
            .done());
  }
}
