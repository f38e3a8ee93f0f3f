package io.hashslot.persist.snapshot;

import java.nio.file.Path;
import java.util.List;

/** The directives that saving asks for, each at the moment it needs them. */
public interface SaverSettings {
  /** {@code dir}. */
  Path directory();

  /** {@code dbfilename}. */
  String fileName();

  /** {@code rdb-version-compat}: the version of the format that is written. */
  int rdbVersion();

  /** {@code rdbcompression}. */
  boolean compress();

  /** {@code rdbchecksum}. */
  boolean checksum();

  /** {@code rdb-key-save-delay}, microseconds. */
  long entryDelayUs();

  /** {@code rdb-save-incremental-fsync}. */
  boolean forceAlong();

  /** The version this server claims. */
  String serverVersion();

  /** What the snapshot tells of accesses; follows {@code maxmemory-policy}. */
  SnapshotCut.AccessHints accessHints();

  /** {@code save}. */
  List<Saver.SavePoint> savePoints();
}
