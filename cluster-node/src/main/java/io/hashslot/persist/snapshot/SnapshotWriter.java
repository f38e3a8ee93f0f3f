package io.hashslot.persist.snapshot;

import io.hashslot.persist.rdb.RdbWriter;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.Collection;

/**
 * Writes a whole snapshot of an opened cut to a channel: header, what it says of itself, functions,
 * entries, checksum.
 */
public final class SnapshotWriter {
  private SnapshotWriter() {}

  /**
   * Writes the snapshot; the channel stays open, and so does a cut.
   *
   * @param functions sources of the function libraries
   * @return bytes written
   */
  public static long write(
      SnapshotData data,
      SnapshotInfo info,
      Collection<byte[]> functions,
      long usedBytes,
      Clock clock,
      WritableByteChannel channel)
      throws IOException {
    try (RdbWriter out = new RdbWriter(channel, info.compress(), info.checksum())) {
      begin(out, info, functions, usedBytes, clock);
      data.writeTo(out);
      out.end();
      return out.bytes();
    }
  }

  /** Writes a snapshot without entries; the channel stays open. */
  public static void writeEmpty(
      SnapshotInfo info, Collection<byte[]> functions, Clock clock, WritableByteChannel channel)
      throws IOException {
    try (RdbWriter out = new RdbWriter(channel, info.compress(), info.checksum())) {
      begin(out, info, functions, 0, clock);
      out.end();
    }
  }

  private static void begin(
      RdbWriter out, SnapshotInfo info, Collection<byte[]> functions, long usedBytes, Clock clock)
      throws IOException {
    out.begin(info.version());
    out.aux("redis-ver", info.serverVersion());
    out.aux("redis-bits", "64");
    out.aux("ctime", Long.toString(clock.wallMs() / 1000));
    out.aux("used-mem", Long.toString(usedBytes));
    if (info.replicationId() != null) {
      out.aux("repl-stream-db", Integer.toString(info.streamDb()));
      out.aux("repl-id", info.replicationId());
      out.aux("repl-offset", Long.toString(info.replicationOffset()));
    }
    out.aux("aof-base", info.aofBase() ? "1" : "0");
    if (info.slotStates() != null) {
      out.aux("cluster-slot-states", info.slotStates());
    }
    for (byte[] function : functions) {
      out.function(function);
    }
  }
}
