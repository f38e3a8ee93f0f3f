package io.hashslot.command.sortedset;

import static io.hashslot.command.AclCategory.SORTEDSET;
import static io.hashslot.command.CommandFlag.BLOCKING;
import static io.hashslot.command.CommandFlag.DENYOOM;
import static io.hashslot.command.CommandFlag.FAST;
import static io.hashslot.command.CommandFlag.MOVABLEKEYS;
import static io.hashslot.command.CommandFlag.READONLY;
import static io.hashslot.command.CommandFlag.WRITE;
import static io.hashslot.command.KeyFlag.ACCESS;
import static io.hashslot.command.KeyFlag.DELETE;
import static io.hashslot.command.KeyFlag.OW;
import static io.hashslot.command.KeyFlag.RO;
import static io.hashslot.command.KeyFlag.RW;
import static io.hashslot.command.KeyFlag.UPDATE;

import io.hashslot.command.CommandSpec;
import io.hashslot.command.KeySpec;
import java.util.List;

/** The commands on sorted sets, in alphabetical order: what each may touch, and what runs. */
public final class SortedSetCommands {
  private SortedSetCommands() {}

  /** Returns the rows. */
  public static List<CommandSpec> table() {
    return List.of(
        CommandSpec.row("BZMPOP", -5, Bzmpop::execute)
            .flags(WRITE, BLOCKING, MOVABLEKEYS)
            .acl(SORTEDSET)
            .keys(KeySpec.counted(2, RW, ACCESS, DELETE))
            .done(),
        CommandSpec.row("BZPOPMAX", -3, Bzpopmin::max)
            .flags(WRITE, BLOCKING, FAST)
            .acl(SORTEDSET)
            .keys(KeySpec.range(1, -2, 1, RW, ACCESS, DELETE))
            .done(),
        CommandSpec.row("BZPOPMIN", -3, Bzpopmin::execute)
            .flags(WRITE, BLOCKING, FAST)
            .acl(SORTEDSET)
            .keys(KeySpec.range(1, -2, 1, RW, ACCESS, DELETE))
            .done(),
        CommandSpec.row("ZADD", -4, Zadd::execute)
            .flags(WRITE, DENYOOM, FAST)
            .acl(SORTEDSET)
            .keys(KeySpec.at(1, RW, UPDATE))
            .done(),
        CommandSpec.row("ZCARD", 2, Zcard::execute)
            .flags(READONLY, FAST)
            .acl(SORTEDSET)
            .keys(KeySpec.at(1, RO))
            .done(),
        CommandSpec.row("ZCOUNT", 4, Zcount::execute)
            .flags(READONLY, FAST)
            .acl(SORTEDSET)
            .keys(KeySpec.at(1, RO, ACCESS))
            .done(),
        CommandSpec.row("ZDIFF", -3, Zdiff::execute)
            .flags(READONLY, MOVABLEKEYS)
            .acl(SORTEDSET)
            .keys(KeySpec.counted(1, RO, ACCESS))
            .done(),
        CommandSpec.row("ZDIFFSTORE", -4, Zdiff::stored)
            .flags(WRITE, DENYOOM, MOVABLEKEYS)
            .acl(SORTEDSET)
            .keys(KeySpec.at(1, OW, UPDATE), KeySpec.counted(2, RO, ACCESS))
            .done(),
        CommandSpec.row("ZINCRBY", 4, Zadd::increment)
            .flags(WRITE, DENYOOM, FAST)
            .acl(SORTEDSET)
            .keys(KeySpec.at(1, RW, ACCESS, UPDATE))
            .done(),
        CommandSpec.row("ZINTER", -3, Zinter::execute)
            .flags(READONLY, MOVABLEKEYS)
            .acl(SORTEDSET)
            .keys(KeySpec.counted(1, RO, ACCESS))
            .done(),
        CommandSpec.row("ZINTERCARD", -3, Zintercard::execute)
            .flags(READONLY, MOVABLEKEYS)
            .acl(SORTEDSET)
            .keys(KeySpec.counted(1, RO, ACCESS))
            .done(),
        CommandSpec.row("ZINTERSTORE", -4, Zinter::stored)
            .flags(WRITE, DENYOOM, MOVABLEKEYS)
            .acl(SORTEDSET)
            .keys(KeySpec.at(1, OW, UPDATE), KeySpec.counted(2, RO, ACCESS))
            .done(),
        CommandSpec.row("ZLEXCOUNT", 4, Zcount::byMember)
            .flags(READONLY, FAST)
            .acl(SORTEDSET)
            .keys(KeySpec.at(1, RO, ACCESS))
            .done(),
        CommandSpec.row("ZMPOP", -4, Zmpop::execute)
            .flags(WRITE, MOVABLEKEYS)
            .acl(SORTEDSET)
            .keys(KeySpec.counted(1, RW, ACCESS, DELETE))
            .done(),
        CommandSpec.row("ZMSCORE", -3, Zscore::several)
            .flags(READONLY, FAST)
            .acl(SORTEDSET)
            .keys(KeySpec.at(1, RO, ACCESS))
            .done(),
        CommandSpec.row("ZPOPMAX", -2, Zpopmin::max)
            .flags(WRITE, FAST)
            .acl(SORTEDSET)
            .keys(KeySpec.at(1, RW, ACCESS, DELETE))
            .done(),
        CommandSpec.row("ZPOPMIN", -2, Zpopmin::execute)
            .flags(WRITE, FAST)
            .acl(SORTEDSET)
            .keys(KeySpec.at(1, RW, ACCESS, DELETE))
            .done(),
        CommandSpec.row("ZRANDMEMBER", -2, Zrandmember::execute)
            .flags(READONLY)
            .acl(SORTEDSET)
            .keys(KeySpec.at(1, RO, ACCESS))
            .tips("nondeterministic_output")
            .done(),
        CommandSpec.row("ZRANGE", -4, Zrange::execute)
            .flags(READONLY)
            .acl(SORTEDSET)
            .keys(KeySpec.at(1, RO, ACCESS))
            .done(),
        CommandSpec.row("ZRANGEBYLEX", -4, Zrange::byMember)
            .flags(READONLY)
            .acl(SORTEDSET)
            .keys(KeySpec.at(1, RO, ACCESS))
            .done(),
        CommandSpec.row("ZRANGEBYSCORE", -4, Zrange::byScore)
            .flags(READONLY)
            .acl(SORTEDSET)
            .keys(KeySpec.at(1, RO, ACCESS))
            .done(),
        CommandSpec.row("ZRANGESTORE", -5, Zrangestore::execute)
            .flags(WRITE, DENYOOM)
            .acl(SORTEDSET)
            .keys(KeySpec.at(1, OW, UPDATE), KeySpec.at(2, RO, ACCESS))
            .done(),
        CommandSpec.row("ZRANK", -3, Zrank::execute)
            .flags(READONLY, FAST)
            .acl(SORTEDSET)
            .keys(KeySpec.at(1, RO, ACCESS))
            .done(),
        CommandSpec.row("ZREM", -3, Zrem::execute)
            .flags(WRITE, FAST)
            .acl(SORTEDSET)
            .keys(KeySpec.at(1, RW, DELETE))
            .done(),
        CommandSpec.row("ZREMRANGEBYLEX", 4, Zremrangebyrank::byMember)
            .flags(WRITE)
            .acl(SORTEDSET)
            .keys(KeySpec.at(1, RW, DELETE))
            .done(),
        CommandSpec.row("ZREMRANGEBYRANK", 4, Zremrangebyrank::execute)
            .flags(WRITE)
            .acl(SORTEDSET)
            .keys(KeySpec.at(1, RW, DELETE))
            .done(),
        CommandSpec.row("ZREMRANGEBYSCORE", 4, Zremrangebyrank::byScore)
            .flags(WRITE)
            .acl(SORTEDSET)
            .keys(KeySpec.at(1, RW, DELETE))
            .done(),
        CommandSpec.row("ZREVRANGE", -4, Zrange::reversed)
            .flags(READONLY)
            .acl(SORTEDSET)
            .keys(KeySpec.at(1, RO, ACCESS))
            .done(),
        CommandSpec.row("ZREVRANGEBYLEX", -4, Zrange::byMemberReversed)
            .flags(READONLY)
            .acl(SORTEDSET)
            .keys(KeySpec.at(1, RO, ACCESS))
            .done(),
        CommandSpec.row("ZREVRANGEBYSCORE", -4, Zrange::byScoreReversed)
            .flags(READONLY)
            .acl(SORTEDSET)
            .keys(KeySpec.at(1, RO, ACCESS))
            .done(),
        CommandSpec.row("ZREVRANK", -3, Zrank::reversed)
            .flags(READONLY, FAST)
            .acl(SORTEDSET)
            .keys(KeySpec.at(1, RO, ACCESS))
            .done(),
        CommandSpec.row("ZSCAN", -3, Zscan::execute)
            .flags(READONLY)
            .acl(SORTEDSET)
            .keys(KeySpec.at(1, RO, ACCESS))
            .tips("nondeterministic_output")
            .done(),
        CommandSpec.row("ZSCORE", 3, Zscore::execute)
            .flags(READONLY, FAST)
            .acl(SORTEDSET)
            .keys(KeySpec.at(1, RO, ACCESS))
            .done(),
        CommandSpec.row("ZUNION", -3, Zunion::execute)
            .flags(READONLY, MOVABLEKEYS)
            .acl(SORTEDSET)
            .keys(KeySpec.counted(1, RO, ACCESS))
            .done(),
        CommandSpec.row("ZUNIONSTORE", -4, Zunion::stored)
            .flags(WRITE, DENYOOM, MOVABLEKEYS)
            .acl(SORTEDSET)
            .keys(KeySpec.at(1, OW, UPDATE), KeySpec.counted(2, RO, ACCESS))
            .done());
  }
}
