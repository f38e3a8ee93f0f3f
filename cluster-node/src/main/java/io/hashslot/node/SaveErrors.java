package io.hashslot.node;

import io.hashslot.config.Config;
import io.hashslot.config.PersistenceDirectives;
import io.hashslot.dispatch.NodeState;
import io.hashslot.persist.snapshot.Saver;

/**
 * Refuses writes while the data cannot be saved, if saving is configured and writes are to stop
 * then. Whatever bears on that is looked at again when it changes.
 */
final class SaveErrors {
  /** What Redis says, word for word. */
  private static final String CANNOT_SAVE =
      "MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to"
          + " disk. Commands that may modify the data set are disabled, because this instance is"
          + " configured to report errors during writes if RDB snapshotting fails"
          + " (stop-writes-on-bgsave-error option). Please check the Redis logs for details about"
          + " the RDB error.";

  private SaveErrors() {}

  /** Begins to do so. */
  static void follow(Config config, NodeState state, Saver saver) {
    Runnable judge =
        () -> {
          boolean stop =
              !saver.lastSucceeded()
                  && config.get(PersistenceDirectives.STOP_WRITES_ON_BGSAVE_ERROR)
                  && !config.get(PersistenceDirectives.SAVE).isEmpty();
          state.writeError(stop ? CANNOT_SAVE : null);
        };
    saver.whenJudged(judge);
    config.afterChange(
        judge, PersistenceDirectives.STOP_WRITES_ON_BGSAVE_ERROR, PersistenceDirectives.SAVE);
  }
}
