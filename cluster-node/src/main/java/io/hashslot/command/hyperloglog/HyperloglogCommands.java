package io.hashslot.command.hyperloglog;

import static io.hashslot.command.AclCategory.HYPERLOGLOG;
import static io.hashslot.command.CommandFlag.ADMIN;
import static io.hashslot.command.CommandFlag.DENYOOM;
import static io.hashslot.command.CommandFlag.FAST;
import static io.hashslot.command.CommandFlag.MAY_REPLICATE;
import static io.hashslot.command.CommandFlag.READONLY;
import static io.hashslot.command.CommandFlag.SLOW_LANE;
import static io.hashslot.command.CommandFlag.WRITE;
import static io.hashslot.command.KeyFlag.ACCESS;
import static io.hashslot.command.KeyFlag.INSERT;
import static io.hashslot.command.KeyFlag.RO;
import static io.hashslot.command.KeyFlag.RW;

import io.hashslot.command.CommandSpec;
import io.hashslot.command.KeySpec;
import java.util.List;

/** The commands on HyperLogLogs, in alphabetical order: what each may touch, and what runs. */
public final class HyperloglogCommands {
  private HyperloglogCommands() {}

  /** Returns the rows. */
  public static List<CommandSpec> table() {
    return List.of(
        CommandSpec.row("PFADD", -2, Pfadd::execute)
            .flags(WRITE, DENYOOM, FAST)
            .acl(HYPERLOGLOG)
            .keys(KeySpec.at(1, RW, INSERT))
            .done(),
        CommandSpec.row("PFCOUNT", -2, Pfcount::execute)
            .flags(READONLY, MAY_REPLICATE)
            .acl(HYPERLOGLOG)
            .keys(KeySpec.range(1, -1, 1, RW, ACCESS))
            .done(),
        CommandSpec.row("PFDEBUG", 3, Pfdebug::execute)
            .flags(WRITE, DENYOOM, ADMIN)
            .acl(HYPERLOGLOG)
            .keys(KeySpec.at(2, RW, ACCESS))
            .done(),
        CommandSpec.row("PFMERGE", -2, Pfmerge::execute)
            .flags(WRITE, DENYOOM)
            .acl(HYPERLOGLOG)
            .keys(KeySpec.at(1, RW, ACCESS, INSERT), KeySpec.range(2, -1, 1, RO, ACCESS))
            .done(),
        CommandSpec.row("PFSELFTEST", 1, Pfselftest::execute)
            .flags(ADMIN, SLOW_LANE)
            .acl(HYPERLOGLOG)
            .done());
  }
}
