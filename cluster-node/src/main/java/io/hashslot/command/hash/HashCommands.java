package io.hashslot.command.hash;

import static io.hashslot.command.AclCategory.HASH;
import static io.hashslot.command.CommandFlag.DENYOOM;
import static io.hashslot.command.CommandFlag.FAST;
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

/** The commands on hashes, in alphabetical order: what each may touch, and what runs. */
public final class HashCommands {
  private HashCommands() {}

  /** Returns the rows. */
  public static List<CommandSpec> table() {
    return List.of(
        CommandSpec.row("HDEL", -3, Hdel::execute)
            .flags(WRITE, FAST)
            .acl(HASH)
            .keys(KeySpec.at(1, RW, DELETE))
            .done(),
        CommandSpec.row("HEXISTS", 3, Hexists::execute)
            .flags(READONLY, FAST)
            .acl(HASH)
            .keys(KeySpec.at(1, RO))
            .done(),
        CommandSpec.row("HGET", 3, Hget::execute)
            .flags(READONLY, FAST)
            .acl(HASH)
            .keys(KeySpec.at(1, RO, ACCESS))
            .done(),
        CommandSpec.row("HGETALL", 2, Hgetall::execute)
            .flags(READONLY)
            .acl(HASH)
            .keys(KeySpec.at(1, RO, ACCESS))
            .tips("nondeterministic_output_order")
            .done(),
        CommandSpec.row("HINCRBY", 4, Hincrby::execute)
            .flags(WRITE, DENYOOM, FAST)
            .acl(HASH)
            .keys(KeySpec.at(1, RW, ACCESS, UPDATE))
            .done(),
        CommandSpec.row("HINCRBYFLOAT", 4, Hincrbyfloat::execute)
            .flags(WRITE, DENYOOM, FAST)
            .acl(HASH)
            .keys(KeySpec.at(1, RW, ACCESS, UPDATE))
            .done(),
        CommandSpec.row("HKEYS", 2, Hgetall::fields)
            .flags(READONLY)
            .acl(HASH)
            .keys(KeySpec.at(1, RO, ACCESS))
            .tips("nondeterministic_output_order")
            .done(),
        CommandSpec.row("HLEN", 2, Hlen::execute)
            .flags(READONLY, FAST)
            .acl(HASH)
            .keys(KeySpec.at(1, RO))
            .done(),
        CommandSpec.row("HMGET", -3, Hmget::execute)
            .flags(READONLY, FAST)
            .acl(HASH)
            .keys(KeySpec.at(1, RO, ACCESS))
            .done(),
        CommandSpec.row("HMSET", -4, Hset::many)
            .flags(WRITE, DENYOOM, FAST)
            .acl(HASH)
            .keys(KeySpec.at(1, RW, UPDATE))
            .done(),
        CommandSpec.row("HRANDFIELD", -2, Hrandfield::execute)
            .flags(READONLY)
            .acl(HASH)
            .keys(KeySpec.at(1, RO, ACCESS))
            .tips("nondeterministic_output")
            .done(),
        CommandSpec.row("HSCAN", -3, Hscan::execute)
            .flags(READONLY)
            .acl(HASH)
            .keys(KeySpec.at(1, RO, ACCESS))
            .tips("nondeterministic_output")
            .done(),
        CommandSpec.row("HSET", -4, Hset::execute)
            .flags(WRITE, DENYOOM, FAST)
            .acl(HASH)
            .keys(KeySpec.at(1, RW, UPDATE))
            .done(),
        CommandSpec.row("HSETNX", 4, Hsetnx::execute)
            .flags(WRITE, DENYOOM, FAST)
            .acl(HASH)
            .keys(KeySpec.at(1, RW, INSERT))
            .done(),
        CommandSpec.row("HSTRLEN", 3, Hstrlen::execute)
            .flags(READONLY, FAST)
            .acl(HASH)
            .keys(KeySpec.at(1, RO))
            .done(),
        CommandSpec.row("HVALS", 2, Hgetall::values)
            .flags(READONLY)
            .acl(HASH)
            .keys(KeySpec.at(1, RO, ACCESS))
            .tips("nondeterministic_output_order")
            .done());
  }
}
