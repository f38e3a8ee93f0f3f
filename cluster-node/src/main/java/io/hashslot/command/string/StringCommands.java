package io.hashslot.command.string;

import static io.hashslot.command.AclCategory.STRING;
import static io.hashslot.command.CommandFlag.DENYOOM;
import static io.hashslot.command.CommandFlag.FAST;
import static io.hashslot.command.CommandFlag.READONLY;
import static io.hashslot.command.CommandFlag.SLOW_LANE;
import static io.hashslot.command.CommandFlag.WRITE;
import static io.hashslot.command.KeyFlag.ACCESS;
import static io.hashslot.command.KeyFlag.DELETE;
import static io.hashslot.command.KeyFlag.INSERT;
import static io.hashslot.command.KeyFlag.OW;
import static io.hashslot.command.KeyFlag.RO;
import static io.hashslot.command.KeyFlag.RW;
import static io.hashslot.command.KeyFlag.UPDATE;
import static io.hashslot.command.KeyFlag.VARIABLE_FLAGS;

import io.hashslot.command.CommandSpec;
import io.hashslot.command.KeySpec;
import io.hashslot.command.LengthLimit;
import java.util.List;
import java.util.function.LongSupplier;

/** The commands on strings, in alphabetical order: what each may touch, and what runs. */
public final class StringCommands {
  private StringCommands() {}

  /**
   * Returns the rows.
   *
   * @param protoMaxBulkLen how long a string may become, in bytes
   */
  public static List<CommandSpec> table(LongSupplier protoMaxBulkLen) {
    LengthLimit limit = new LengthLimit(protoMaxBulkLen);
    return List.of(
        CommandSpec.row("APPEND", 3, new Append(limit)::execute)
            .flags(WRITE, DENYOOM, FAST)
            .acl(STRING)
            .keys(KeySpec.at(1, RW, INSERT))
            .done(),
        CommandSpec.row("DECR", 2, Incr::down)
            .flags(WRITE, DENYOOM, FAST)
            .acl(STRING)
            .keys(KeySpec.at(1, RW, ACCESS, UPDATE))
            .done(),
        CommandSpec.row("DECRBY", 3, Incr::downBy)
            .flags(WRITE, DENYOOM, FAST)
            .acl(STRING)
            .keys(KeySpec.at(1, RW, ACCESS, UPDATE))
            .done(),
        CommandSpec.row("GET", 2, Get::execute)
            .flags(READONLY, FAST)
            .acl(STRING)
            .keys(KeySpec.at(1, RO, ACCESS))
            .done(),
        CommandSpec.row("GETDEL", 2, Getdel::execute)
            .flags(WRITE, FAST)
            .acl(STRING)
            .keys(KeySpec.at(1, RW, ACCESS, DELETE))
            .done(),
        CommandSpec.row("GETEX", -2, Getex::execute)
            .flags(WRITE, FAST)
            .acl(STRING)
            .keys(KeySpec.at(1, RW, ACCESS, UPDATE))
            .done(),
        CommandSpec.row("GETRANGE", 4, Getrange::range)
            .flags(READONLY)
            .acl(STRING)
            .keys(KeySpec.at(1, RO, ACCESS))
            .done(),
        CommandSpec.row("GETSET", 3, Getset::execute)
            .flags(WRITE, DENYOOM, FAST)
            .acl(STRING)
            .keys(KeySpec.at(1, RW, ACCESS, UPDATE))
            .done(),
        CommandSpec.row("INCR", 2, Incr::execute)
            .flags(WRITE, DENYOOM, FAST)
            .acl(STRING)
            .keys(KeySpec.at(1, RW, ACCESS, UPDATE))
            .done(),
        CommandSpec.row("INCRBY", 3, Incr::by)
            .flags(WRITE, DENYOOM, FAST)
            .acl(STRING)
            .keys(KeySpec.at(1, RW, ACCESS, UPDATE))
            .done(),
        CommandSpec.row("INCRBYFLOAT", 3, Incrbyfloat::execute)
            .flags(WRITE, DENYOOM, FAST)
            .acl(STRING)
            .keys(KeySpec.at(1, RW, ACCESS, UPDATE))
            .done(),
        CommandSpec.row("LCS", -3, new Lcs(protoMaxBulkLen)::execute)
            .flags(READONLY, SLOW_LANE)
            .acl(STRING)
            .keys(KeySpec.range(1, 1, 1, RO, ACCESS))
            .done(),
        CommandSpec.row("MGET", -2, Mget::execute)
            .flags(READONLY, FAST)
            .acl(STRING)
            .keys(KeySpec.range(1, -1, 1, RO, ACCESS))
            .tips("request_policy:multi_shard")
            .done(),
        CommandSpec.row("MSET", -3, Mset::execute)
            .flags(WRITE, DENYOOM)
            .acl(STRING)
            .keys(KeySpec.range(1, -1, 2, OW, UPDATE))
            .tips("request_policy:multi_shard", "response_policy:all_succeeded")
            .done(),
        CommandSpec.row("MSETNX", -3, Mset::ifAllAbsent)
            .flags(WRITE, DENYOOM)
            .acl(STRING)
            .keys(KeySpec.range(1, -1, 2, OW, INSERT))
            .done(),
        CommandSpec.row("PSETEX", 4, Setex::millis)
            .flags(WRITE, DENYOOM)
            .acl(STRING)
            .keys(KeySpec.at(1, OW, UPDATE))
            .done(),
        CommandSpec.row("SET", -3, Set::execute)
            .flags(WRITE, DENYOOM)
            .acl(STRING)
            .keys(KeySpec.at(1, RW, ACCESS, UPDATE, VARIABLE_FLAGS))
            .done(),
        CommandSpec.row("SETEX", 4, Setex::seconds)
            .flags(WRITE, DENYOOM)
            .acl(STRING)
            .keys(KeySpec.at(1, OW, UPDATE))
            .done(),
        CommandSpec.row("SETNX", 3, Setnx::execute)
            .flags(WRITE, DENYOOM, FAST)
            .acl(STRING)
            .keys(KeySpec.at(1, OW, INSERT))
            .done(),
        CommandSpec.row("SETRANGE", 4, new Setrange(limit)::execute)
            .flags(WRITE, DENYOOM)
            .acl(STRING)
            .keys(KeySpec.at(1, RW, UPDATE))
            .done(),
        CommandSpec.row("STRLEN", 2, Strlen::execute)
            .flags(READONLY, FAST)
            .acl(STRING)
            .keys(KeySpec.at(1, RO))
            .done(),
        CommandSpec.row("SUBSTR", 4, Getrange::range)
            .flags(READONLY)
            .acl(STRING)
            .keys(KeySpec.at(1, RO, ACCESS))
            .done());
  }
}
