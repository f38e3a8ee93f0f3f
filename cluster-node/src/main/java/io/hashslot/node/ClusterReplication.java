package io.hashslot.node;

import io.hashslot.bus.core.Succession;
import io.hashslot.cluster.ReplicationSeat;
import io.hashslot.config.AckCount;
import io.hashslot.config.ClusterDirectives;
import io.hashslot.config.Config;
import io.hashslot.replication.AckRule;
import io.hashslot.replication.PrimaryEndpoint;
import io.hashslot.replication.Replication;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Replication as the cluster sees it: told whom to follow, asked how far it is. */
final class ClusterReplication implements ReplicationSeat {
  private final Replication replication;
  private final Config config;

  ClusterReplication(Replication replication, Config config) {
    this.replication = replication;
    this.config = config;
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
  public int confirming() {
    return replication.confirmations().wanted();
  }

  @Override
  public void confirm(String[] words, long timeoutMs, Consumer<Boolean> told) {
    replication.confirmations().send(words, timeoutMs, told);
  }

  @Override
  public long silenceMs() {
    return replication.silenceMs();
  }

  @Override
  public void shard(String self, List<String> replicas, boolean mayBeReplaced) {
    replication.shard(self, replicas, mayBeReplaced);
  }

  @Override
  public Succession succession(IntSupplier siblings) {
    if (replication.unconfirmed()) {
      return Succession.UNCONFIRMED;
    }
    AckCount wanted = config.get(ClusterDirectives.CLUSTER_WRITE_ACKS);
    AckRule rule = replication.isReplica() ? replication.succession().rule() : AckRule.NONE;
    if (rule == null && !wanted.equals(AckCount.NONE)) {
      // The stream has told nothing yet: the directive says what the primary may have promised.
      return known(wanted.of(siblings.getAsInt()), null);
    }
    return rule == null || rule.acks() == 0 ? Succession.FREE : known(rule.acks(), rule.members());
  }

  private Succession known(int acks, @Nullable List<String> members) {
    var promises = replication.succession();
    return new Succession(
        acks,
        members,
        replication.history().id(),
        promises.sound(),
        promises.fenced(),
        promises.forsaken());
  }

  @Override
  public void fence(long forMs) {
    replication.succession().fence(forMs);
  }

  @Override
  public void acceptHistory() {
    replication.succession().accept();
  }
}
