package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.replication.ReplicaProfile;
import io.hashslot.replication.Replication;
import io.hashslot.session.Session;

/** PSYNC replicationid offset [FAILOVER] */
final class Psync {
  private final Replication replication;
  private final boolean cluster;

  Psync(Replication replication, boolean cluster) {
    this.replication = replication;
    this.cluster = cluster;
  }

  void execute(Context ctx, Args args) {
    Session session = ctx.session();
    if (session.replicaLink()) {
      return;
    }
    boolean takeOver = args.count() > 3 && args.is(3, "FAILOVER");
    if (takeOver) {
      mayTakeOver(args.text(1));
    } else {
      mayFollow();
    }
    ReplicaProfile profile = profile(ctx);
    long offset = args.integer(2);
    if (takeOver) {
      replication.takeOver(session, profile, args.text(1), offset);
    } else if (replication.redirects(profile, args.text(1), offset)) {
      ctx.reply().simple("DUALCHANNELSYNC");
    } else {
      replication.adopt(session, profile, args.text(1), offset, false);
    }
  }

  /** SYNC: everything, and no reply line. */
  void everything(Context ctx) {
    Session session = ctx.session();
    if (!session.replicaLink()) {
      mayFollow();
      replication.adopt(session, profile(ctx), "?", -1, true);
    }
  }

  private void mayTakeOver(String id) {
    if (cluster || !replication.isReplica()) {
      throw CommandException.err("PSYNC FAILOVER can't be sent to a master.");
    }
    if (!replication.history().id().equalsIgnoreCase(id)) {
      throw CommandException.err("PSYNC FAILOVER replid must match my replid.");
    }
  }

  private void mayFollow() {
    String refusal = replication.refusal();
    if (refusal != null) {
      throw new CommandException(refusal);
    }
  }

  private static ReplicaProfile profile(Context ctx) {
    if (ctx.reply().output().position() > 0) {
      throw CommandException.err("SYNC and PSYNC are invalid with pending output");
    }
    ReplicaProfile profile = ctx.session().get(ReplicaProfile.SLOT);
    if (profile == null) {
      return new ReplicaProfile();
    }
    if (profile.filter() != ReplicaProfile.Filter.NONE && !profile.understandsEof()) {
      throw CommandException.err("Filtered replica requires EOF capability");
    }
    return profile;
  }
}
