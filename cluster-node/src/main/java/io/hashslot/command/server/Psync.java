package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.replication.ReplicaProfile;
import io.hashslot.replication.Replication;
import io.hashslot.session.Session;

/** PSYNC replicationid offset */
final class Psync {
  private final Replication replication;

  Psync(Replication replication) {
    this.replication = replication;
  }

  void execute(Context ctx, Args args) {
    if (args.count() > 3) {
      throw CommandException.err("PSYNC FAILOVER can't be sent to a master.");
    }
    adopt(ctx, args.text(1), args.integer(2), false);
  }

  void adopt(Context ctx, String id, long offset, boolean plain) {
    Session session = ctx.session();
    if (session.replicaLink()) {
      return;
    }
    String refusal = replication.refusal();
    if (refusal != null) {
      throw new CommandException(refusal);
    }
    if (ctx.reply().output().position() > 0) {
      throw CommandException.err("SYNC and PSYNC are invalid with pending output");
    }
    ReplicaProfile profile = session.get(ReplicaProfile.SLOT);
    replication.adopt(session, profile == null ? new ReplicaProfile() : profile, id, offset, plain);
  }
}
