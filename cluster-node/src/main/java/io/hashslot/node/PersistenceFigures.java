package io.hashslot.node;

import io.hashslot.dispatch.NodeState;
import io.hashslot.observe.InfoText;
import io.hashslot.persist.snapshot.Saver;

/** The section Persistence of INFO. */
final class PersistenceFigures {
  private PersistenceFigures() {}

  static void write(InfoText text, NodeState state, Saver saver) {
    text.flag("loading", state.loading())
        .flag("async_loading", false)
        .field("rdb_changes_since_last_save", saver.changesSinceLastSave())
        .flag("rdb_bgsave_in_progress", saver.savingInBackground())
        .field("rdb_last_save_time", saver.lastSaveSeconds())
        .field("rdb_last_bgsave_status", saver.lastSucceeded() ? "ok" : "err")
        .flag("aof_enabled", false)
        .flag("aof_rewrite_in_progress", false)
        .flag("aof_rewrite_scheduled", false)
        .field("aof_last_bgrewrite_status", "ok")
        .field("aof_last_write_status", "ok");
  }
}
