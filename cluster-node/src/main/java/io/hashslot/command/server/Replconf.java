package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.replication.ReplicaProfile;
import io.hashslot.replication.Replication;
import io.hashslot.session.Session;

/** REPLCONF option value [option value ...] */
final class Replconf {
  private final Replication replication;

  Replconf(Replication replication) {
    this.replication = replication;
  }

  void execute(Context ctx, Args args) {
    if (args.count() % 2 == 0) {
      throw CommandException.SYNTAX;
    }
    Session session = ctx.session();
    ReplicaProfile profile = session.get(ReplicaProfile.SLOT);
    if (profile == null) {
      profile = new ReplicaProfile();
      session.set(ReplicaProfile.SLOT, profile);
    }
    for (int i = 1; i < args.count(); i += 2) {
      if (args.is(i, "ACK") || args.is(i, "GETACK")) {
        return; // never answered, and of no meaning from a client that is no replica
      }
      option(profile, args, i);
    }
    ctx.reply().ok();
  }

  private void option(ReplicaProfile profile, Args args, int i) {
    if (args.is(i, "LISTENING-PORT")) {
      profile.listeningPort((int) args.integer(i + 1));
    } else if (args.is(i, "IP-ADDRESS")) {
      if (args.length(i + 1) > 255) {
        throw CommandException.err(
            "REPLCONF ip-address provided by replica instance is too long: "
                + args.length(i + 1)
                + " bytes");
      }
      profile.announcedIp(args.text(i + 1));
    } else if (args.is(i, "CAPA")) {
      profile.capability(args.text(i + 1));
    } else if (args.is(i, "VERSION")) {
      profile.version(version(args.text(i + 1)));
    } else if (args.is(i, "RDB-ONLY")) {
      profile.snapshotOnly(args.integerBetween(i + 1, 0, 1) == 1);
    } else if (args.is(i, "RDB-FILTER-ONLY")) {
      profile.filter(filter(args.text(i + 1)));
    } else if (args.is(i, "RDB-CHANNEL")) {
      profile.snapshotChannel(args.integerBetween(i + 1, 0, 1) == 1);
    } else if (args.is(i, "SET-RDB-CLIENT-ID")) {
      long id = args.integer(i + 1);
      if (!replication.knowsSnapshotClient(id)) {
        throw CommandException.err("Unrecognized RDB client id " + id);
      }
      profile.snapshotClient(id);
    } else {
      throw CommandException.err("Unrecognized REPLCONF option: " + args.text(i));
    }
  }

  private static String version(String text) {
    if (!text.matches("[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}")) {
      throw CommandException.err("Unrecognized version format: " + text);
    }
    return text;
  }

  private static ReplicaProfile.Filter filter(String parts) {
    ReplicaProfile.Filter filter = ReplicaProfile.Filter.EVERYTHING;
    for (String part : parts.split(" ")) {
      if (part.equalsIgnoreCase("functions")) {
        filter = ReplicaProfile.Filter.ALL_BUT_FUNCTIONS;
      } else if (!part.isEmpty()) {
        throw CommandException.err("Unsupported rdb-filter-only option: " + part);
      }
    }
    return filter;
  }
}
