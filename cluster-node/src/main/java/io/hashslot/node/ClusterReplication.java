package io.hashslot.node;

import io.hashslot.cluster.ReplicationSeat;
import io.hashslot.replication.PrimaryEndpoint;
import io.hashslot.replication.Replication;

/** Replication as the cluster sees it: told whom to follow, asked how far it is. */
final class ClusterReplication implements ReplicationSeat {
  private final Replication replication;

  ClusterReplication(Replication replication) {
    this.replication = replication;
  }

  @Override
  public void follow(String ip, int port, boolean partialAllowed) {
    replication.followUnderLocks(new PrimaryEndpoint(ip, port), partialAllowed);
  }

  @Override
  public void lead() {
    replication.leadUnderLocks();
  }

  @Override
  public long offset() {
    return replication.offset();
  }

  @Override
  public boolean linkUp() {
    return replication.linkUp();
  }

  @Override
  public long silenceMs() {
    return replication.silenceMs();
  }
}
