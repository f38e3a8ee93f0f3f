package io.hashslot.command.geo;

import static io.hashslot.command.AclCategory.GEO;
import static io.hashslot.command.CommandFlag.DENYOOM;
import static io.hashslot.command.CommandFlag.MOVABLEKEYS;
import static io.hashslot.command.CommandFlag.READONLY;
import static io.hashslot.command.CommandFlag.WRITE;
import static io.hashslot.command.KeyFlag.ACCESS;
import static io.hashslot.command.KeyFlag.OW;
import static io.hashslot.command.KeyFlag.RO;
import static io.hashslot.command.KeyFlag.RW;
import static io.hashslot.command.KeyFlag.UPDATE;

import io.hashslot.command.CommandSpec;
import io.hashslot.command.KeySpec;
import java.util.List;

/** The commands on places, in alphabetical order: what each may touch, and what runs. */
public final class GeoCommands {
  private GeoCommands() {}

  /** Returns the rows. */
  public static List<CommandSpec> table() {
    return List.of(
        CommandSpec.row("GEOADD", -5, Geoadd::execute)
            .flags(WRITE, DENYOOM)
            .acl(GEO)
            .keys(KeySpec.at(1, RW, UPDATE))
            .done(),
        CommandSpec.row("GEODIST", -4, Geodist::execute)
            .flags(READONLY)
            .acl(GEO)
            .keys(KeySpec.at(1, RO, ACCESS))
            .done(),
        CommandSpec.row("GEOHASH", -2, Geohash::execute)
            .flags(READONLY)
            .acl(GEO)
            .keys(KeySpec.at(1, RO, ACCESS))
            .done(),
        CommandSpec.row("GEOPOS", -2, Geopos::execute)
            .flags(READONLY)
            .acl(GEO)
            .keys(KeySpec.at(1, RO, ACCESS))
            .done(),
        CommandSpec.row("GEORADIUS", -6, Georadius::execute)
            .flags(WRITE, DENYOOM, MOVABLEKEYS)
            .acl(GEO)
            .keys(
                KeySpec.at(1, RO, ACCESS),
                KeySpec.after("STORE", 6, 0, 0, OW, UPDATE),
                KeySpec.after("STOREDIST", 6, 0, 0, OW, UPDATE))
            .finder(Georadius::keys)
            .done(),
        CommandSpec.row("GEORADIUSBYMEMBER", -5, Georadius::byMember)
            .flags(WRITE, DENYOOM, MOVABLEKEYS)
            .acl(GEO)
            .keys(
                KeySpec.at(1, RO, ACCESS),
                KeySpec.after("STORE", 5, 0, 0, OW, UPDATE),
                KeySpec.after("STOREDIST", 5, 0, 0, OW, UPDATE))
            .finder(Georadius::keysByMember)
            .done(),
        CommandSpec.row("GEORADIUSBYMEMBER_RO", -5, Georadius::byMemberReadOnly)
            .flags(READONLY)
            .acl(GEO)
            .keys(KeySpec.at(1, RO, ACCESS))
            .done(),
        CommandSpec.row("GEORADIUS_RO", -6, Georadius::readOnly)
            .flags(READONLY)
            .acl(GEO)
            .keys(KeySpec.at(1, RO, ACCESS))
            .done(),
        CommandSpec.row("GEOSEARCH", -7, Geosearch::execute)
            .flags(READONLY)
            .acl(GEO)
            .keys(KeySpec.at(1, RO, ACCESS))
            .done(),
        CommandSpec.row("GEOSEARCHSTORE", -8, Geosearch::stored)
            .flags(WRITE, DENYOOM)
            .acl(GEO)
            .keys(KeySpec.at(1, OW, UPDATE), KeySpec.at(2, RO, ACCESS))
            .done());
  }
}
