package io.hashslot.node;

import io.hashslot.dispatch.NodeState;
import io.hashslot.observe.InfoText;
import io.hashslot.persist.aof.Aof;
import io.hashslot.persist.aof.AofFigures;
import io.hashslot.persist.snapshot.LoadingProgress;
import io.hashslot.persist.snapshot.Saver;
import io.hashslot.persist.snapshot.SnapshotLane;
import io.hashslot.persist.snapshot.SnapshotLane.Work;
import io.hashslot.time.Clock;

/** The section Persistence of INFO. */
final class PersistenceFigures {
  private PersistenceFigures() {}

  static void write(
      InfoText text,
      NodeState state,
      Saver saver,
      SnapshotLane lane,
      Aof aof,
      LoadingProgress progress,
      Clock clock) {
    long keysToWrite = lane.keysToWrite();
    long keysWritten = Math.min(lane.keysWritten(), keysToWrite);
    text.flag("loading", state.loading())
        .flag("async_loading", state.asyncLoading())
        .field("current_cow_peak", lane.peakHeldBytes())
        .field("current_cow_size", lane.heldBytes())
        .field("current_cow_size_age", 0)
        .decimal("current_fork_perc", keysToWrite == 0 ? 0 : 100.0 * keysWritten / keysToWrite)
        .field("current_save_keys_processed", keysWritten)
        .field("current_save_keys_total", keysToWrite)
        .field("rdb_changes_since_last_save", saver.changesSinceLastSave())
        .flag("rdb_bgsave_in_progress", saver.savingInBackground())
        .field("rdb_last_save_time", saver.lastSaveSeconds())
        .field("rdb_last_bgsave_status", saver.lastSucceeded() ? "ok" : "err")
        .field("rdb_last_bgsave_time_sec", saver.lastBackgroundSeconds())
        .field("rdb_current_bgsave_time_sec", saver.currentBackgroundSeconds(clock.wallMs()))
        .field("rdb_saves", saver.saves())
        .field("rdb_last_cow_size", lane.lastHeldBytes(Work.SAVE))
        .field("rdb_last_load_keys_expired", saver.lastLoadExpired())
        .field("rdb_last_load_keys_loaded", saver.lastLoadKeys());
    aof(text, aof.figures(), lane);
    if (state.loading() || state.asyncLoading()) {
      loading(text, progress);
    }
  }

  private static void aof(InfoText text, AofFigures aof, SnapshotLane lane) {
    text.flag("aof_enabled", aof.enabled())
        .flag("aof_rewrite_in_progress", aof.rewriting())
        .flag("aof_rewrite_scheduled", aof.rewriteScheduled())
        .field("aof_last_rewrite_time_sec", aof.lastRewriteSeconds())
        .field("aof_current_rewrite_time_sec", aof.currentRewriteSeconds())
        .field("aof_last_bgrewrite_status", aof.lastRewriteSucceeded() ? "ok" : "err")
        .field("aof_rewrites", aof.rewrites())
        .field("aof_rewrites_consecutive_failures", aof.failures())
        .field("aof_last_write_status", aof.writesSucceed() ? "ok" : "err")
        .field("aof_last_cow_size", lane.lastHeldBytes(Work.REWRITE))
        .flag("module_fork_in_progress", false)
        .field("module_fork_last_cow_size", 0);
    if (aof.enabled()) {
      text.field("aof_current_size", aof.bytes())
          .field("aof_base_size", aof.baseBytes())
          .flag("aof_pending_rewrite", aof.firstRewritePending())
          .field("aof_buffer_length", aof.bufferBytes())
          .field("aof_pending_bio_fsync", aof.pendingSyncs())
          .field("aof_delayed_fsync", aof.delayedSyncs());
    }
  }

  /** Only there while data is being loaded, as in Redis. */
  private static void loading(InfoText text, LoadingProgress progress) {
    text.field("loading_start_time", progress.startSeconds())
        .field("loading_total_bytes", progress.totalBytes())
        .field("loading_rdb_used_mem", progress.usedMemoryBytes())
        .field("loading_loaded_bytes", progress.loadedBytes())
        .decimal("loading_loaded_perc", progress.percent())
        .field("loading_eta_seconds", progress.etaSeconds());
  }
}
