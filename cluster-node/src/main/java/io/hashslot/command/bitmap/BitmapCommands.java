package io.hashslot.command.bitmap;

import static io.hashslot.command.AclCategory.BITMAP;
import static io.hashslot.command.CommandFlag.DENYOOM;
import static io.hashslot.command.CommandFlag.FAST;
import static io.hashslot.command.CommandFlag.READONLY;
import static io.hashslot.command.CommandFlag.WRITE;
import static io.hashslot.command.KeyFlag.ACCESS;
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

/** The commands on bits, in alphabetical order: what each may touch, and what runs. */
public final class BitmapCommands {
  private BitmapCommands() {}

  /**
   * Returns the rows.
   *
   * @param longestBytes the longest string there may be, from {@code proto-max-bulk-len}
   */
  public static List<CommandSpec> table(LongSupplier longestBytes) {
    BitOffset offsets = new BitOffset(new LengthLimit(longestBytes));
    return List.of(
        CommandSpec.row("BITCOUNT", -2, Bitcount::execute)
            .flags(READONLY)
            .acl(BITMAP)
            .keys(KeySpec.at(1, RO, ACCESS))
            .done(),
        CommandSpec.row("BITFIELD", -2, new Bitfield(offsets)::execute)
            .flags(WRITE, DENYOOM)
            .acl(BITMAP)
            .keys(KeySpec.at(1, RW, ACCESS, UPDATE, VARIABLE_FLAGS))
            .done(),
        CommandSpec.row("BITFIELD_RO", -2, new Bitfield(offsets)::readOnly)
            .flags(READONLY, FAST)
            .acl(BITMAP)
            .keys(KeySpec.at(1, RO, ACCESS))
            .done(),
        CommandSpec.row("BITOP", -4, Bitop::execute)
            .flags(WRITE, DENYOOM)
            .acl(BITMAP)
            .keys(KeySpec.at(2, OW, UPDATE), KeySpec.range(3, -1, 1, RO, ACCESS))
            .done(),
        CommandSpec.row("BITPOS", -3, Bitpos::execute)
            .flags(READONLY)
            .acl(BITMAP)
            .keys(KeySpec.at(1, RO, ACCESS))
            .done(),
        CommandSpec.row("GETBIT", 3, new Getbit(offsets)::execute)
            .flags(READONLY, FAST)
            .acl(BITMAP)
            .keys(KeySpec.at(1, RO, ACCESS))
            .done(),
        CommandSpec.row("SETBIT", 4, new Setbit(offsets)::execute)
            .flags(WRITE, DENYOOM)
            .acl(BITMAP)
            .keys(KeySpec.at(1, RW, ACCESS, UPDATE))
            .done());
  }
}
