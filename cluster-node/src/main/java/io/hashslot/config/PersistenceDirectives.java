package io.hashslot.config;

import static io.hashslot.config.Row.INT;
import static io.hashslot.config.Row.LONG;

import java.nio.file.Path;
import java.util.List;

/** Snapshots and the append-only file. */
public final class PersistenceDirectives {
  static final Row.Group ROWS = new Row.Group("Persistence");

  /** When snapshots are written by themselves. */
  public static final Structured<List<SavePoint>> SAVE =
      ROWS.row("save")
          .structured(
              List.of(new SavePoint(3600, 1), new SavePoint(300, 100), new SavePoint(60, 10_000)),
              new SavePoint.Form());

  /** The folder of all files of the server, as an absolute path. */
  public static final Structured<Path> DIR =
      ROWS.row("dir")
          .guarded()
          .refusedWhileLoading()
          .structured(WorkingDirectory.ofProcess(), new WorkingDirectory());

  /** The name of the snapshot in the folder. */
  public static final Text DBFILENAME =
      ROWS.row("dbfilename")
          .guarded()
          .text("dump.rdb", Names.file("dbfilename can't be a path, just a filename", null));

  /** Whether long strings are compressed in snapshots and payloads of DUMP. */
  public static final Toggle RDBCOMPRESSION = ROWS.row("rdbcompression").toggle(true);

  /**
   * The version of the format in which snapshots, for files and for replicas, and payloads of DUMP
   * are written: 10 is read by Redis 7.0 and all later servers, 11 by Redis 7.2 and Valkey.
   */
  public static final Quantity RDB_VERSION_COMPAT =
      ROWS.row("rdb-version-compat").number(10, 10, 11);

  /** Whether snapshots end with a checksum. */
  public static final Toggle RDBCHECKSUM = ROWS.row("rdbchecksum").immutable().toggle(true);

  /** Whether a snapshot is brought to the disk while it is written, or all at its end. */
  public static final Toggle RDB_SAVE_INCREMENTAL_FSYNC =
      ROWS.row("rdb-save-incremental-fsync").toggle(true);

  /** How many snapshots are kept as backups. */
  public static final Quantity SNAPSHOT_RETAIN =
      ROWS.row("snapshot-retain")
          .remark("Ours alone. So many of the newest snapshots are kept; see backups.md. 0 none.")
          .number(0, 0, INT);

  /** The folder of the snapshots that are kept, a path in {@code dir} or absolute. */
  public static final Text SNAPSHOT_DIR =
      ROWS.row("snapshot-dir")
          .guarded()
          .remark("Ours alone. Where snapshots are kept; relative to dir.")
          .text("snapshots", value -> value.isEmpty() ? "snapshot-dir can't be empty" : null);

  /** Whether writes are refused after a snapshot failed. */
  public static final Toggle STOP_WRITES_ON_BGSAVE_ERROR =
      ROWS.row("stop-writes-on-bgsave-error").toggle(true);

  /** Whether a server without persistence deletes the files of synchronisations. */
  public static final Toggle RDB_DEL_SYNC_FILES = ROWS.row("rdb-del-sync-files").toggle(false);

  /** Whether every write is appended to a file. */
  public static final Toggle APPENDONLY =
      ROWS.row("appendonly").refusedWhileLoading().toggle(false);

  /** The base of the names of the append-only files. */
  public static final Text APPENDFILENAME =
      ROWS.row("appendfilename")
          .immutable()
          .text(
              "appendonly.aof",
              Names.file(
                  "appendfilename can't be a path, just a filename",
                  "appendfilename can't be empty"));

  /** The folder of the append-only files within {@code dir}. */
  public static final Text APPENDDIRNAME =
      ROWS.row("appenddirname")
          .immutable()
          .text(
              "appendonlydir",
              Names.file(
                  "appenddirname can't be a path, just a dirname", "appenddirname can't be empty"));

  /** When the append-only file is forced to disk. */
  public static final Choice<Choices.AppendFsync> APPENDFSYNC =
      ROWS.row("appendfsync").choice(Choices.AppendFsync.EVERYSEC);

  /** Whether forcing waits while a rewrite or a snapshot runs. */
  public static final Toggle NO_APPENDFSYNC_ON_REWRITE =
      ROWS.row("no-appendfsync-on-rewrite").toggle(false);

  /** Growth in percent that starts a rewrite; 0 never. */
  public static final Quantity AUTO_AOF_REWRITE_PERCENTAGE =
      ROWS.row("auto-aof-rewrite-percentage").number(100, 0, INT);

  /** Bytes below which no rewrite is started. */
  public static final Quantity AUTO_AOF_REWRITE_MIN_SIZE =
      ROWS.row("auto-aof-rewrite-min-size").memory(64L << 20, 0, LONG);

  /** How far the append-only file may lag behind before clients are held back. */
  public static final Quantity AOF_LAG_LIMIT =
      ROWS.row("aof-lag-limit")
          .remark("Ours alone. Beyond it replies wait until the disk has taken more. 0: no limit.")
          .memory(256L << 20, 0, LONG);

  /** Whether a file whose end is missing is loaded up to there. */
  public static final Toggle AOF_LOAD_TRUNCATED = ROWS.row("aof-load-truncated").toggle(true);

  /** Whether a rewritten file begins with a snapshot. */
  public static final Toggle AOF_USE_RDB_PREAMBLE = ROWS.row("aof-use-rdb-preamble").toggle(true);

  /** Whether the append-only file carries times. */
  public static final Toggle AOF_TIMESTAMP_ENABLED =
      ROWS.row("aof-timestamp-enabled").toggle(false);

  /** Whether old append-only files are kept. */
  public static final Toggle AOF_DISABLE_AUTO_GC =
      ROWS.row("aof-disable-auto-gc").hidden().toggle(false);

  /** Whether a rewrite syncs what it writes every few megabytes. */
  public static final Toggle AOF_REWRITE_INCREMENTAL_FSYNC =
      ROWS.row("aof-rewrite-incremental-fsync").toggle(true);

  /** Microseconds to wait after each key of a snapshot, for tests. */
  public static final Quantity RDB_KEY_SAVE_DELAY =
      ROWS.row("rdb-key-save-delay").hidden().number(0, Integer.MIN_VALUE, INT);

  /** Microseconds to wait after each key that is loaded, for tests. */
  public static final Quantity KEY_LOAD_DELAY =
      ROWS.row("key-load-delay").hidden().number(0, Integer.MIN_VALUE, INT);

  private PersistenceDirectives() {}
}
