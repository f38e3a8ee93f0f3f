package io.hashslot.node;

import io.hashslot.config.ClusterDirectives;
import io.hashslot.config.Config;
import io.hashslot.config.PersistenceDirectives;
import io.hashslot.config.ReplicationDirectives;
import io.hashslot.persist.snapshot.LoadingProgress;
import io.hashslot.persist.snapshot.Saver;
import io.hashslot.persist.snapshot.SnapshotLoader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a server finds of its data when it starts. */
final class DataFiles implements StartUp.Source {
  private final Config config;
  private final Saver saver;

  DataFiles(Config config, Saver saver, LoadingProgress progress) {
    this.config = config;
    this.saver = saver;
    progress.keyDelay(config.get(PersistenceDirectives.KEY_LOAD_DELAY));
    config.afterChange(
        () -> progress.keyDelay(config.get(PersistenceDirectives.KEY_LOAD_DELAY)),
        PersistenceDirectives.KEY_LOAD_DELAY);
  }

  @Override
  public SnapshotLoader.@Nullable Loaded load() throws IOException {
    if (config.get(PersistenceDirectives.APPENDONLY)) {
      return null; // a snapshot is not looked at, even if it is all there is; as in Redis
    }
    // In a cluster the role is not known yet, and a replica leaves expiry to its primary.
    boolean primary =
        config.get(ReplicationDirectives.REPLICAOF).isEmpty()
            && !config.get(ClusterDirectives.CLUSTER_ENABLED);
    return saver.load(primary ? SnapshotLoader.Expired.DROP : SnapshotLoader.Expired.KEEP);
  }
}
