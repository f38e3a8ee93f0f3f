package io.hashslot.command.generic;

import static io.hashslot.command.AclCategory.DANGEROUS;
import static io.hashslot.command.AclCategory.KEYSPACE;
import static io.hashslot.command.AclCategory.LIST;
import static io.hashslot.command.AclCategory.SET;
import static io.hashslot.command.AclCategory.SORTEDSET;
import static io.hashslot.command.CommandFlag.ALL_SHARDS;
import static io.hashslot.command.CommandFlag.ASKING;
import static io.hashslot.command.CommandFlag.DENYOOM;
import static io.hashslot.command.CommandFlag.FAST;
import static io.hashslot.command.CommandFlag.LOADING;
import static io.hashslot.command.CommandFlag.MOVABLEKEYS;
import static io.hashslot.command.CommandFlag.READONLY;
import static io.hashslot.command.CommandFlag.SLOW_LANE;
import static io.hashslot.command.CommandFlag.STALE;
import static io.hashslot.command.CommandFlag.WRITE;
import static io.hashslot.command.KeyFlag.ACCESS;
import static io.hashslot.command.KeyFlag.DELETE;
import static io.hashslot.command.KeyFlag.INCOMPLETE;
import static io.hashslot.command.KeyFlag.INSERT;
import static io.hashslot.command.KeyFlag.OW;
import static io.hashslot.command.KeyFlag.RM;
import static io.hashslot.command.KeyFlag.RO;
import static io.hashslot.command.KeyFlag.RW;
import static io.hashslot.command.KeyFlag.UPDATE;

import io.hashslot.cluster.MigrationLinks;
import io.hashslot.command.CommandSpec;
import io.hashslot.command.KeySpec;
import java.util.List;

/** The commands on keys of any type, in alphabetical order. */
public final class GenericCommands {
  /** The key, what patterns name, and where to store. */
  static final List<KeySpec> SORT_KEYS =
      List.of(KeySpec.at(1, RO, ACCESS), KeySpec.unknown(RO, ACCESS), KeySpec.unknown(OW, UPDATE));

  private GenericCommands() {}

  /**
   * Returns the rows.
   *
   * @param form how values are written for other servers
   * @param cluster whether keys go to another node of a cluster by MIGRATE
   */
  public static List<CommandSpec> table(MigrationLinks links, PayloadForm form, boolean cluster) {
    return List.of(
        CommandSpec.row("COPY", -3, Copy::execute)
            .flags(WRITE, DENYOOM)
            .acl(KEYSPACE)
            .keys(KeySpec.at(1, RO, ACCESS), KeySpec.at(2, OW, UPDATE))
            .done(),
        CommandSpec.row("DEL", -2, Del::keys)
            .flags(WRITE)
            .acl(KEYSPACE)
            .keys(KeySpec.range(1, -1, 1, RM, DELETE))
            .tips("request_policy:multi_shard", "response_policy:agg_sum")
            .done(),
        CommandSpec.row("DUMP", 2, new Dump(form)::execute)
            .flags(READONLY)
            .acl(KEYSPACE)
            .keys(KeySpec.at(1, RO, ACCESS))
            .tips("nondeterministic_output")
            .done(),
        CommandSpec.row("EXISTS", -2, Exists::execute)
            .flags(READONLY, FAST)
            .acl(KEYSPACE)
            .keys(KeySpec.range(1, -1, 1, RO))
            .tips("request_policy:multi_shard", "response_policy:agg_sum")
            .done(),
        CommandSpec.row("EXPIRE", -3, Expire::seconds)
            .flags(WRITE, FAST)
            .acl(KEYSPACE)
            .keys(KeySpec.at(1, RW, UPDATE))
            .done(),
        CommandSpec.row("EXPIREAT", -3, Expire::atSeconds)
            .flags(WRITE, FAST)
            .acl(KEYSPACE)
            .keys(KeySpec.at(1, RW, UPDATE))
            .done(),
        CommandSpec.row("EXPIRETIME", 2, Ttl::atSeconds)
            .flags(READONLY, FAST)
            .acl(KEYSPACE)
            .keys(KeySpec.at(1, RO, ACCESS))
            .done(),
        CommandSpec.row("KEYS", 2, Keys::execute)
            .flags(READONLY, ALL_SHARDS, SLOW_LANE)
            .acl(KEYSPACE, DANGEROUS)
            .tips("request_policy:all_shards", "nondeterministic_output_order")
            .done(),
        CommandSpec.row("MIGRATE", -6, new Migrate(links, form, cluster)::execute)
            .flags(WRITE, MOVABLEKEYS, SLOW_LANE)
            .acl(KEYSPACE, DANGEROUS)
            .keys(
                KeySpec.at(3, RW, ACCESS, DELETE),
                KeySpec.after("KEYS", -2, -1, 0, RW, ACCESS, DELETE, INCOMPLETE))
            .finder(Migrate::keys)
            .tips("nondeterministic_output")
            .done(),
        CommandSpec.row("MOVE", 3, Move::execute)
            .flags(WRITE, FAST)
            .acl(KEYSPACE)
            .keys(KeySpec.at(1, RW, ACCESS, UPDATE))
            .done(),
        CommandSpec.container("OBJECT", -2)
            .with(
                CommandSpec.row("OBJECT|ENCODING", 3, ObjectEncoding::execute)
                    .flags(READONLY)
                    .acl(KEYSPACE)
                    .keys(KeySpec.at(2, RO))
                    .tips("nondeterministic_output")
                    .done(),
                CommandSpec.row("OBJECT|FREQ", 3, ObjectFreq::execute)
                    .flags(READONLY)
                    .acl(KEYSPACE)
                    .keys(KeySpec.at(2, RO))
                    .tips("nondeterministic_output")
                    .done(),
                CommandSpec.row("OBJECT|HELP", 2, ObjectHelp::execute)
                    .flags(LOADING, STALE)
                    .acl(KEYSPACE)
                    .done(),
                CommandSpec.row("OBJECT|IDLETIME", 3, ObjectIdletime::execute)
                    .flags(READONLY)
                    .acl(KEYSPACE)
                    .keys(KeySpec.at(2, RO))
                    .tips("nondeterministic_output")
                    .done(),
                CommandSpec.row("OBJECT|REFCOUNT", 3, ObjectRefcount::execute)
                    .flags(READONLY)
                    .acl(KEYSPACE)
                    .keys(KeySpec.at(2, RO))
                    .tips("nondeterministic_output")
                    .done()),
        CommandSpec.row("PERSIST", 2, Persist::execute)
            .flags(WRITE, FAST)
            .acl(KEYSPACE)
            .keys(KeySpec.at(1, RW, UPDATE))
            .done(),
        CommandSpec.row("PEXPIRE", -3, Expire::millis)
            .flags(WRITE, FAST)
            .acl(KEYSPACE)
            .keys(KeySpec.at(1, RW, UPDATE))
            .done(),
        CommandSpec.row("PEXPIREAT", -3, Expire::atMillis)
            .flags(WRITE, FAST)
            .acl(KEYSPACE)
            .keys(KeySpec.at(1, RW, UPDATE))
            .done(),
        CommandSpec.row("PEXPIRETIME", 2, Ttl::atMillis)
            .flags(READONLY, FAST)
            .acl(KEYSPACE)
            .keys(KeySpec.at(1, RO, ACCESS))
            .done(),
        CommandSpec.row("PTTL", 2, Ttl::millis)
            .flags(READONLY, FAST)
            .acl(KEYSPACE)
            .keys(KeySpec.at(1, RO, ACCESS))
            .tips("nondeterministic_output")
            .done(),
        CommandSpec.row("RANDOMKEY", 1, Randomkey::execute)
            .flags(READONLY, ALL_SHARDS)
            .acl(KEYSPACE)
            .tips("request_policy:all_shards", "response_policy:special", "nondeterministic_output")
            .done(),
        CommandSpec.row("RENAME", 3, Rename::execute)
            .flags(WRITE)
            .acl(KEYSPACE)
            .keys(KeySpec.at(1, RW, ACCESS, DELETE), KeySpec.at(2, OW, UPDATE))
            .done(),
        CommandSpec.row("RENAMENX", 3, Rename::ifAbsent)
            .flags(WRITE, FAST)
            .acl(KEYSPACE)
            .keys(KeySpec.at(1, RW, ACCESS, DELETE), KeySpec.at(2, OW, INSERT))
            .done(),
        CommandSpec.row("RESTORE", -4, Restore::execute)
            .flags(WRITE, DENYOOM)
            .acl(KEYSPACE, DANGEROUS)
            .keys(KeySpec.at(1, OW, UPDATE))
            .done(),
        CommandSpec.row("RESTORE-ASKING", -4, Restore::execute)
            .flags(WRITE, DENYOOM, ASKING)
            .acl(KEYSPACE, DANGEROUS)
            .keys(KeySpec.at(1, OW, UPDATE))
            .done(),
        CommandSpec.row("SCAN", -2, Scan::execute)
            .flags(READONLY)
            .acl(KEYSPACE)
            .tips("nondeterministic_output", "request_policy:special", "response_policy:special")
            .shards(Scan::shard)
            .done(),
        CommandSpec.row("SORT", -2, Sort::execute)
            .flags(WRITE, DENYOOM, MOVABLEKEYS)
            .acl(SET, SORTEDSET, LIST, DANGEROUS)
            .keys(SORT_KEYS.toArray(new KeySpec[0]))
            .finder(Sort::keys)
            .shards(Sort::shards)
            .done(),
        CommandSpec.row("SORT_RO", -2, Sort::readOnly)
            .flags(READONLY, MOVABLEKEYS)
            .acl(SET, SORTEDSET, LIST, DANGEROUS)
            .keys(KeySpec.at(1, RO, ACCESS), KeySpec.unknown(RO, ACCESS))
            .shards(Sort::shards)
            .done(),
        CommandSpec.row("TOUCH", -2, Touch::execute)
            .flags(READONLY, FAST)
            .acl(KEYSPACE)
            .keys(KeySpec.range(1, -1, 1, RO))
            .tips("request_policy:multi_shard", "response_policy:agg_sum")
            .done(),
        CommandSpec.row("TTL", 2, Ttl::seconds)
            .flags(READONLY, FAST)
            .acl(KEYSPACE)
            .keys(KeySpec.at(1, RO, ACCESS))
            .tips("nondeterministic_output")
            .done(),
        CommandSpec.row("TYPE", 2, Type::execute)
            .flags(READONLY, FAST)
            .acl(KEYSPACE)
            .keys(KeySpec.at(1, RO))
            .done(),
        CommandSpec.row("UNLINK", -2, Del::keys)
            .flags(WRITE, FAST)
            .acl(KEYSPACE)
            .keys(KeySpec.range(1, -1, 1, RM, DELETE))
            .tips("request_policy:multi_shard", "response_policy:agg_sum")
            .done());
  }
}
