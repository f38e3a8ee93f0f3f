package io.hashslot.node;

import io.hashslot.config.Choices;
import io.hashslot.config.ClusterDirectives;
import io.hashslot.config.Config;
import io.hashslot.config.PersistenceDirectives;
import io.hashslot.config.ReplicationDirectives;
import io.hashslot.dispatch.Environment;
import io.hashslot.observe.InfoText;
import io.hashslot.persist.aof.AofException;
import io.hashslot.persist.aof.AofLoader;
import io.hashslot.persist.backup.Backups;
import io.hashslot.persist.snapshot.LoadingProgress;
import io.hashslot.persist.snapshot.Saver;
import io.hashslot.persist.snapshot.SnapshotLoader;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The files with a server's data: what it finds when it starts, and what it keeps of its saves. */
final class DataFiles {
  private final Config config;
  private final Saver saver;
  private final Backups backups;
  private final LoadingProgress progress;

  DataFiles(Config config, Saver saver, LoadingProgress progress) {
    this.config = config;
    this.saver = saver;
    this.progress = progress;
    backups = new Backups(kept(config));
    saver.keepBy(backups);
    progress.keyDelay(config.get(PersistenceDirectives.KEY_LOAD_DELAY));
    config.afterChange(
        () -> progress.keyDelay(config.get(PersistenceDirectives.KEY_LOAD_DELAY)),
        PersistenceDirectives.KEY_LOAD_DELAY);
  }

  private static Backups.Settings kept(Config config) {
    return new Backups.Settings() {
      @Override
      public int retain() {
        return config.intOf(PersistenceDirectives.SNAPSHOT_RETAIN);
      }

      @Override
      public Path folder() {
        return config.resolve(config.get(PersistenceDirectives.SNAPSHOT_DIR));
      }
    };
  }

  /** Adds what INFO tells of backups, if there are to be any. */
  void figures(InfoText text) {
    if (config.intOf(PersistenceDirectives.SNAPSHOT_RETAIN) > 0) {
      text.field("snapshot_backups", backups.count())
          .field("snapshot_last_backup_status", backups.lastSucceeded() ? "ok" : "err");
    }
  }

  /** Loads what there is, as {@link StartUp.Source}. */
  SnapshotLoader.@Nullable Loaded load(Environment node) throws IOException {
    if (config.get(PersistenceDirectives.APPENDONLY)) {
      loadAppendOnly(node);
      return null; // a snapshot is not looked at, even if it is all there is; as in Redis
    }
    // In a cluster the role is not known yet, and a replica leaves expiry to its primary.
    boolean primary =
        config.get(ReplicationDirectives.REPLICAOF).isEmpty()
            && !config.get(ClusterDirectives.CLUSTER_ENABLED);
    return saver.load(primary ? SnapshotLoader.Expired.DROP : SnapshotLoader.Expired.KEEP);
  }

  /**
   * Loads what the append-only files hold.
   *
   * @throws AofException also if a command in them gave an error, and {@code
   *     propagation-error-behavior} is {@code panic}
   */
  void loadAppendOnly(Environment node) throws IOException {
    AofLoader.Loaded loaded =
        AofLoader.load(
            AppendOnly.directory(config),
            new AofLoader.Settings(
                config.get(PersistenceDirectives.AOF_LOAD_TRUNCATED),
                config.get(PersistenceDirectives.RDBCHECKSUM),
                Runtime.getRuntime().availableProcessors()),
            node,
            progress);
    node.state().streamErrors().replayed(loaded.errors());
    if (loaded.errors() > 0
        && config.get(ReplicationDirectives.PROPAGATION_ERROR_BEHAVIOR)
            == Choices.PropagationError.PANIC) {
      throw new AofException(
          ("%d command(s) of the append-only files gave an error, and with"
                  + " propagation-error-behavior panic that ends the server")
              .formatted(loaded.errors()));
    }
  }
}
