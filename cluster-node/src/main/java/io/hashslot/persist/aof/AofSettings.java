package io.hashslot.persist.aof;

import io.hashslot.persist.snapshot.SnapshotCut;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** The directives, each at the moment it is needed. */
public interface AofSettings {
  /** {@code appendfsync}. */
  FsyncPolicy fsync();

  /** {@code no-appendfsync-on-rewrite}. */
  boolean noSyncWhileRewriting();

  /** {@code aof-timestamp-enabled}. */
  boolean stamps();

  /** {@code aof-use-rdb-preamble}. */
  boolean snapshotAsBase();

  /** {@code auto-aof-rewrite-percentage}; 0 is never. */
  long rewritePercentage();

  /** {@code aof-lag-limit}, bytes; 0 is none. */
  long lagLimit();

  /** {@code auto-aof-rewrite-min-size}, bytes. */
  long rewriteMinBytes();

  /** {@code aof-rewrite-incremental-fsync}. */
  boolean syncsWhileRewriting();

  /** {@code aof-disable-auto-gc}. */
  boolean keepsHistory();

  /** The folder of the files, by {@code dir}, {@code appenddirname} and {@code appendfilename}. */
  AofDirectory directory();

  /** {@code dir}: temporary files of rewrites are written there. */
  Path workingDirectory();

  /** What a base tells of accesses; follows {@code maxmemory-policy}. */
  SnapshotCut.AccessHints accessHints();

  /** {@code rdb-version-compat}: the version of RDB that bases are written in. */
  int rdbVersion();

  /** {@code rdb-key-save-delay}, microseconds. */
  long entryDelayUs();

  /** Writes a base in the format of snapshots. */
  BaseWriter snapshots();

  /** Writes a base as commands. */
  BaseWriter commands();

  /** Writes a base. */
  @FunctionalInterface
  interface BaseWriter {
    /** Writes all of a cut; both stay open. */
    void write(SnapshotCut cut, WritableByteChannel channel) throws IOException;
  }
}
