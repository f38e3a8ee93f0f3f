package io.hashslot.command.stream;

import static io.hashslot.command.AclCategory.STREAM;
import static io.hashslot.command.CommandFlag.BLOCKING;
import static io.hashslot.command.CommandFlag.DENYOOM;
import static io.hashslot.command.CommandFlag.FAST;
import static io.hashslot.command.CommandFlag.LOADING;
import static io.hashslot.command.CommandFlag.MOVABLEKEYS;
import static io.hashslot.command.CommandFlag.READONLY;
import static io.hashslot.command.CommandFlag.STALE;
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

/** The commands on streams, in alphabetical order. */
public final class StreamCommands {
  private StreamCommands() {}

  /** Returns the rows. */
  public static List<CommandSpec> table() {
    return List.of(
        CommandSpec.row("XACK", -4, Xack::execute)
            .flags(WRITE, FAST)
            .acl(STREAM)
            .keys(KeySpec.at(1, RW, UPDATE))
            .done(),
        CommandSpec.row("XADD", -5, Xadd::execute)
            .flags(WRITE, DENYOOM, FAST)
            .acl(STREAM)
            .keys(KeySpec.at(1, RW, UPDATE))
            .tips("nondeterministic_output")
            .done(),
        CommandSpec.row("XAUTOCLAIM", -6, Xautoclaim::execute)
            .flags(WRITE, FAST)
            .acl(STREAM)
            .keys(KeySpec.at(1, RW, DELETE))
            .tips("nondeterministic_output")
            .done(),
        CommandSpec.row("XCLAIM", -6, Xclaim::execute)
            .flags(WRITE, FAST)
            .acl(STREAM)
            .keys(KeySpec.at(1, RW, UPDATE))
            .tips("nondeterministic_output")
            .done(),
        CommandSpec.row("XDEL", -3, Xdel::execute)
            .flags(WRITE, FAST)
            .acl(STREAM)
            .keys(KeySpec.at(1, RW, DELETE))
            .done(),
        CommandSpec.container("XGROUP", -2)
            .with(
                CommandSpec.row("XGROUP|CREATE", -5, XgroupCreate::execute)
                    .flags(WRITE, DENYOOM)
                    .acl(STREAM)
                    .keys(KeySpec.at(2, RW, INSERT))
                    .done(),
                CommandSpec.row("XGROUP|CREATECONSUMER", 5, XgroupCreateconsumer::execute)
                    .flags(WRITE, DENYOOM)
                    .acl(STREAM)
                    .keys(KeySpec.at(2, RW, INSERT))
                    .done(),
                CommandSpec.row("XGROUP|DELCONSUMER", 5, XgroupDelconsumer::execute)
                    .flags(WRITE)
                    .acl(STREAM)
                    .keys(KeySpec.at(2, RW, DELETE))
                    .done(),
                CommandSpec.row("XGROUP|DESTROY", 4, XgroupDestroy::execute)
                    .flags(WRITE)
                    .acl(STREAM)
                    .keys(KeySpec.at(2, RW, DELETE))
                    .done(),
                CommandSpec.row("XGROUP|HELP", 2, XgroupHelp::execute)
                    .flags(LOADING, STALE)
                    .acl(STREAM)
                    .done(),
                CommandSpec.row("XGROUP|SETID", -5, XgroupSetid::execute)
                    .flags(WRITE)
                    .acl(STREAM)
                    .keys(KeySpec.at(2, RW, UPDATE))
                    .done()),
        CommandSpec.container("XINFO", -2)
            .with(
                CommandSpec.row("XINFO|CONSUMERS", 4, XinfoConsumers::execute)
                    .flags(READONLY)
                    .acl(STREAM)
                    .keys(KeySpec.at(2, RO, ACCESS))
                    .tips("nondeterministic_output")
                    .done(),
                CommandSpec.row("XINFO|GROUPS", 3, XinfoGroups::execute)
                    .flags(READONLY)
                    .acl(STREAM)
                    .keys(KeySpec.at(2, RO, ACCESS))
                    .done(),
                CommandSpec.row("XINFO|HELP", 2, XinfoHelp::execute)
                    .flags(LOADING, STALE)
                    .acl(STREAM)
                    .done(),
                CommandSpec.row("XINFO|STREAM", -3, XinfoStream::execute)
                    .flags(READONLY)
                    .acl(STREAM)
                    .keys(KeySpec.at(2, RO, ACCESS))
                    .done()),
        CommandSpec.row("XLEN", 2, Xlen::execute)
            .flags(READONLY, FAST)
            .acl(STREAM)
            .keys(KeySpec.at(1, RO))
            .done(),
        CommandSpec.row("XPENDING", -3, Xpending::execute)
            .flags(READONLY)
            .acl(STREAM)
            .keys(KeySpec.at(1, RO, ACCESS))
            .tips("nondeterministic_output")
            .done(),
        CommandSpec.row("XRANGE", -4, Xrange::execute)
            .flags(READONLY)
            .acl(STREAM)
            .keys(KeySpec.at(1, RO, ACCESS))
            .done(),
        CommandSpec.row("XREAD", -4, Xread::execute)
            .flags(READONLY, BLOCKING, MOVABLEKEYS)
            .acl(STREAM)
            .keys(KeySpec.after("STREAMS", 1, -1, 2, RO, ACCESS))
            .done(),
        CommandSpec.row("XREADGROUP", -7, Xreadgroup::execute)
            .flags(WRITE, BLOCKING, MOVABLEKEYS)
            .acl(STREAM)
            .keys(KeySpec.after("STREAMS", 4, -1, 2, RO, ACCESS))
            .done(),
        CommandSpec.row("XREVRANGE", -4, Xrange::backwards)
            .flags(READONLY)
            .acl(STREAM)
            .keys(KeySpec.at(1, RO, ACCESS))
            .done(),
        CommandSpec.row("XSETID", -3, Xsetid::execute)
            .flags(WRITE, DENYOOM, FAST)
            .acl(STREAM)
            .keys(KeySpec.at(1, RW, UPDATE))
            .done(),
        CommandSpec.row("XTRIM", -4, Xtrim::execute)
            .flags(WRITE)
            .acl(STREAM)
            .keys(KeySpec.at(1, RW, DELETE))
            .tips("nondeterministic_output")
            .done());
  }
}
