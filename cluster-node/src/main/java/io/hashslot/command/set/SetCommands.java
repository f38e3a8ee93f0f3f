package io.hashslot.command.set;

import static io.hashslot.command.AclCategory.SET;
import static io.hashslot.command.CommandFlag.DENYOOM;
import static io.hashslot.command.CommandFlag.FAST;
import static io.hashslot.command.CommandFlag.MOVABLEKEYS;
import static io.hashslot.command.CommandFlag.READONLY;
import static io.hashslot.command.CommandFlag.WRITE;
import static io.hashslot.command.KeyFlag.ACCESS;
import static io.hashslot.command.KeyFlag.DELETE;
import static io.hashslot.command.KeyFlag.INSERT;
import static io.hashslot.command.KeyFlag.OW;
import static io.hashslot.command.KeyFlag.RO;
import static io.hashslot.command.KeyFlag.RW;
import static io.hashslot.command.KeyFlag.UPDATE;

import io.hashslot.command.CommandSpec;
import io.hashslot.command.KeySpec;
import java.util.List;

/** The commands on sets, in alphabetical order: what each may touch, and what runs. */
public final class SetCommands {
  private SetCommands() {}

  /** Returns the rows. */
  public static List<CommandSpec> table() {
    return List.of(
        CommandSpec.row("SADD", -3, Sadd::execute)
            .flags(WRITE, DENYOOM, FAST)
            .acl(SET)
            .keys(KeySpec.at(1, RW, INSERT))
            .done(),
        CommandSpec.row("SCARD", 2, Scard::execute)
            .flags(READONLY, FAST)
            .acl(SET)
            .keys(KeySpec.at(1, RO))
            .done(),
        CommandSpec.row("SDIFF", -2, Sdiff::execute)
            .flags(READONLY)
            .acl(SET)
            .keys(KeySpec.range(1, -1, 1, RO, ACCESS))
            .tips("nondeterministic_output_order")
            .done(),
        CommandSpec.row("SDIFFSTORE", -3, Sdiff::store)
            .flags(WRITE, DENYOOM)
            .acl(SET)
            .keys(KeySpec.at(1, OW, UPDATE), KeySpec.range(2, -1, 1, RO, ACCESS))
            .done(),
        CommandSpec.row("SINTER", -2, Sinter::execute)
            .flags(READONLY)
            .acl(SET)
            .keys(KeySpec.range(1, -1, 1, RO, ACCESS))
            .tips("nondeterministic_output_order")
            .done(),
        CommandSpec.row("SINTERCARD", -3, Sinter::cardinality)
            .flags(READONLY, MOVABLEKEYS)
            .acl(SET)
            .keys(KeySpec.counted(1, RO, ACCESS))
            .done(),
        CommandSpec.row("SINTERSTORE", -3, Sinter::store)
            .flags(WRITE, DENYOOM)
            .acl(SET)
            .keys(KeySpec.at(1, OW, UPDATE), KeySpec.range(2, -1, 1, RO, ACCESS))
            .done(),
        CommandSpec.row("SISMEMBER", 3, Sismember::execute)
            .flags(READONLY, FAST)
            .acl(SET)
            .keys(KeySpec.at(1, RO))
            .done(),
        CommandSpec.row("SMEMBERS", 2, Smembers::execute)
            .flags(READONLY)
            .acl(SET)
            .keys(KeySpec.at(1, RO, ACCESS))
            .tips("nondeterministic_output_order")
            .done(),
        CommandSpec.row("SMISMEMBER", -3, Smismember::execute)
            .flags(READONLY, FAST)
            .acl(SET)
            .keys(KeySpec.at(1, RO, ACCESS))
            .done(),
        CommandSpec.row("SMOVE", 4, Smove::execute)
            .flags(WRITE, FAST)
            .acl(SET)
            .keys(KeySpec.at(1, RW, ACCESS, DELETE), KeySpec.at(2, RW, INSERT))
            .done(),
        CommandSpec.row("SPOP", -2, Spop::execute)
            .flags(WRITE, FAST)
            .acl(SET)
            .keys(KeySpec.at(1, RW, ACCESS, DELETE))
            .tips("nondeterministic_output")
            .done(),
        CommandSpec.row("SRANDMEMBER", -2, Srandmember::execute)
            .flags(READONLY)
            .acl(SET)
            .keys(KeySpec.at(1, RO, ACCESS))
            .tips("nondeterministic_output")
            .done(),
        CommandSpec.row("SREM", -3, Srem::execute)
            .flags(WRITE, FAST)
            .acl(SET)
            .keys(KeySpec.at(1, RW, DELETE))
            .done(),
        CommandSpec.row("SSCAN", -3, Sscan::execute)
            .flags(READONLY)
            .acl(SET)
            .keys(KeySpec.at(1, RO, ACCESS))
            .tips("nondeterministic_output")
            .done(),
        CommandSpec.row("SUNION", -2, Sunion::execute)
            .flags(READONLY)
            .acl(SET)
            .keys(KeySpec.range(1, -1, 1, RO, ACCESS))
            .tips("nondeterministic_output_order")
            .done(),
        CommandSpec.row("SUNIONSTORE", -3, Sunion::store)
            .flags(WRITE, DENYOOM)
            .acl(SET)
            .keys(KeySpec.at(1, OW, UPDATE), KeySpec.range(2, -1, 1, RO, ACCESS))
            .done());
  }
}
