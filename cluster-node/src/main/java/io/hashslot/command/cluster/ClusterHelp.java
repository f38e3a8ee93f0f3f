package io.hashslot.command.cluster;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import java.util.List;

/** CLUSTER HELP */
final class ClusterHelp {
  private static final List<String> LINES =
      List.of(
          "CLUSTER <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
          "ADDSLOTS <slot> [<slot> ...]",
          "    Let this node own the slots.",
          "ADDSLOTSRANGE <start slot> <end slot> [<start slot> <end slot> ...]",
          "    Let this node own the ranges of slots.",
          "BUMPEPOCH",
          "    Raise the config epoch of this node above all others.",
          "CANCELSLOTMIGRATIONS",
          "    Cancel the atomic slot migrations from this node.",
          "COUNT-FAILURE-REPORTS <node-id>",
          "    How many primaries report that the node fails.",
          "COUNTKEYSINSLOT <slot>",
          "    How many keys of the slot are here.",
          "DELSLOTS <slot> [<slot> ...]",
          "    Forget who owns the slots.",
          "DELSLOTSRANGE <start slot> <end slot> [<start slot> <end slot> ...]",
          "    Forget who owns the ranges of slots.",
          "FAILOVER [FORCE|TAKEOVER]",
          "    Make this replica the primary of its shard.",
          "FLUSHSLOTS",
          "    Let this node own no slots.",
          "FORGET <node-id>",
          "    Take a node out of the cluster.",
          "GETKEYSINSLOT <slot> <count>",
          "    Some keys of the slot.",
          "GETSLOTMIGRATIONS",
          "    The atomic slot migrations, those that have ended among them.",
          "INFO",
          "    State and counters of the cluster as this node sees it.",
          "KEYSLOT <key>",
          "    The slot of a key.",
          "LINKS",
          "    The connections of the cluster bus.",
          "MEET <ip> <port> [<bus-port>]",
          "    Join another node's cluster.",
          "MIGRATESLOTS SLOTSRANGE <start slot> <end slot> [<start slot> <end slot> ...] NODE"
              + " <node-id> [SLOTSRANGE ...]",
          "    Move slots with all their keys to another primary.",
          "MYID",
          "    The id of this node.",
          "MYSHARDID",
          "    The id of this node's shard.",
          "NODES",
          "    One line per node:",
          "    <id> <ip:port@bus-port[,hostname]> <flags> <primary> <pings> <pongs> <epoch> <link>"
              + " <slot> ...",
          "REPLICAS <node-id>",
          "    The replicas of a primary.",
          "REPLICATE <node-id>",
          "    Make this node a replica.",
          "RESET [HARD|SOFT]",
          "    Leave the cluster; HARD also takes a new id.",
          "SAVECONFIG",
          "    Write nodes.conf.",
          "SET-CONFIG-EPOCH <epoch>",
          "    Give a new node its config epoch.",
          "SETSLOT <slot> (IMPORTING <node-id>|MIGRATING <node-id>|STABLE|NODE <node-id>)",
          "    Begin, end or take back the move of a slot.",
          "SHARDS",
          "    The shards with their slots and nodes.",
          "SLOT-STATS SLOTSRANGE <start slot> <end slot>",
          "SLOT-STATS ORDERBY <metric> [LIMIT <limit>] [ASC|DESC]",
          "    What each slot of this shard holds and has cost.",
          "SLOTS",
          "    The ranges of slots with their nodes.",
          "HELP",
          "    Print this help.");

  private final ClusterCall call;

  ClusterHelp(ClusterCall call) {
    this.call = call;
  }

  void execute(Context ctx, Args args) {
    call.cluster();
    ctx.reply().array(LINES.size());
    LINES.forEach(ctx.reply()::simple);
  }
}
