package io.hashslot.replication;

import io.hashslot.keyspace.Keyspace;
import io.hashslot.keyspace.Shards;
import io.hashslot.persist.snapshot.LoadingProgress;
import io.hashslot.persist.snapshot.SnapshotFile;
import io.hashslot.persist.snapshot.SnapshotLane;
import io.hashslot.persist.snapshot.SnapshotLoader;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.agrona.UnsafeApi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the snapshot that a primary sends and makes it this server's data. {@code
 * repl-diskless-load} decides how:
 *
 * <ul>
 *   <li>by way of a file: what was here is dropped when the whole snapshot has come;
 *   <li>straight from the socket into empty databases: what was here is dropped first;
 *   <li>straight from the socket into spare databases, which take the place of the others when all
 *       is there; if it fails nothing is lost. If it is the history we had, reads are answered from
 *       the old data meanwhile.
 * </ul>
 *
 * <p>Confined to the replication loop; loading itself is the snapshot lane's.
 */
final class SnapshotIntake {
  /** {@code repl-diskless-load}. */
  enum Mode {
    FILE,
    SOCKET,
    SPARE
  }

  /** The link and the server around; all on the replication loop. */
  interface Host {
    /** From now on the former position is of no use: the data goes. Sub-replicas are let go. */
    void dataGoes();

    /** Data is being replaced: clients have to wait, or may read what was there. */
    void loading(boolean yes, boolean readable);

    /** All was loaded; null and why if not. */
    void loaded(SnapshotLoader.@Nullable Loaded result, String problem);

    /** Stops or goes on reading from the socket. */
    void reading(boolean on);
  }

  private static final Logger LOG = LoggerFactory.getLogger(SnapshotIntake.class);
  private static final int RECLAIM_ENTRIES = 2000;
  private static final int PORTION_BYTES = 64 * 1024;

  private final ReplicationLoop loop;
  private final Keyspace keyspace;
  private final ReplicationSettings settings;
  private final SnapshotLane lane;
  private final LoadingProgress progress;
  private final Clock clock;
  private final Runnable dataReplaced;
  private @Nullable FileChannel file;
  private @Nullable SnapshotPipe pipe;
  private volatile boolean busy;

  /**
   * @param dataReplaced runs with all shards held before other data takes the place of what was
   *     there
   */
  SnapshotIntake(Replication.Parts parts, ReplicationLoop loop, Runnable dataReplaced) {
    this.loop = loop;
    keyspace = parts.keyspace();
    settings = parts.settings();
    lane = parts.lane();
    progress = parts.progress();
    clock = parts.clock();
    this.dataReplaced = dataReplaced;
  }

  /** Whether a snapshot is being loaded, or one that failed is being cleaned up. */
  boolean busy() {
    return busy;
  }

  /** Whether the loading holds the socket up, so that silence means nothing. */
  boolean holdsUp() {
    SnapshotPipe mine = pipe;
    return mine != null && mine.stopped();
  }

  /**
   * A snapshot will come.
   *
   * @param sameHistory whether it belongs to the history of the data that is here
   * @return where its bytes go
   */
  SnapshotTransfer.Sink begin(boolean sameHistory, Host host) throws IOException {
    Mode mode = mode();
    if (mode == Mode.FILE) {
      return toFile();
    }
    SnapshotPipe through = new SnapshotPipe(on -> loop.execute(() -> host.reading(on)));
    pipe = through;
    boolean readable = mode == Mode.SPARE && sameHistory;
    if (mode == Mode.SOCKET) {
      host.dataGoes();
    }
    host.loading(true, readable);
    busy = true;
    progress.begin(0);
    LOG.info(
        "Loading the primary's snapshot from the socket{}",
        mode == Mode.SPARE ? " beside the present data" : "");
    lane.execute(SnapshotLane.Work.LOAD, () -> fromSocket(through, mode, host));
    return through;
  }

  private Mode mode() {
    return switch (settings.disklessLoad()) {
      case DISABLED -> Mode.FILE;
      case ON_EMPTY_DB -> empty() ? Mode.SOCKET : Mode.FILE;
      case SWAPDB -> Mode.SPARE;
    };
  }

  private boolean empty() {
    for (int db = 0; db < keyspace.databases(); db++) {
      if (keyspace.size(db) > 0) {
        return false;
      }
    }
    return true;
  }

  private SnapshotTransfer.Sink toFile() throws IOException {
    FileChannel channel =
        FileChannel.open(
            temporary(),
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    file = channel;
    ByteBuffer portion = ByteBuffer.allocate(PORTION_BYTES);
    return (address, length) -> {
      for (int at = 0; at < length; at += portion.limit()) {
        portion.clear().limit(Math.min(portion.capacity(), length - at));
        UnsafeApi.copyMemory(
            null,
            address + at,
            portion.array(),
            UnsafeApi.arrayBaseOffset(byte[].class),
            portion.limit());
        while (portion.hasRemaining()) {
          channel.write(portion);
        }
      }
    };
  }

  /** The whole snapshot has come. */
  void complete(Host host) throws IOException {
    SnapshotPipe through = pipe;
    if (through != null) {
      through.end();
      return;
    }
    FileChannel channel = file;
    if (channel == null) {
      throw new IOException("no transfer under way");
    }
    file = null;
    host.dataGoes();
    host.loading(true, false);
    busy = true;
    lane.execute(SnapshotLane.Work.LOAD, () -> fromFile(channel, host));
  }

  /** The link is gone: what has not come will not come. */
  void abandon() {
    SnapshotPipe through = pipe;
    pipe = null;
    if (through != null) {
      through.fail("the link with the primary was lost");
    }
    FileChannel channel = file;
    file = null;
    if (channel != null) {
      try {
        channel.close();
        Files.deleteIfExists(temporary());
      } catch (IOException e) {
        LOG.warn("Cannot remove an unfinished snapshot: {}", e.getMessage());
      }
    }
  }

  // On the snapshot lane

  private void fromFile(FileChannel channel, Host host) {
    load(
        host,
        () -> {
          Path target = settings.directory().resolve(settings.snapshotFileName());
          try (channel) {
            channel.force(true);
            SnapshotFile.putInPlace(temporary(), target);
          }
          forgetData();
          try (FileChannel from = FileChannel.open(target, StandardOpenOption.READ)) {
            progress.begin(from.size());
            return read(from, 0);
          } finally {
            if (settings.deleteSyncFiles()) {
              Files.deleteIfExists(target);
            }
          }
        },
        this::forgetData);
  }

  private void fromSocket(SnapshotPipe from, Mode mode, Host host) {
    if (mode == Mode.SOCKET) {
      load(
          host,
          () -> {
            forgetData();
            return read(from, 0);
          },
          this::forgetData);
      return;
    }
    withAllShards(_ -> keyspace.openSpare());
    load(
        host,
        () -> {
          SnapshotLoader.Loaded loaded = read(from, keyspace.databases());
          withAllShards(
              _ -> {
                dataReplaced.run();
                keyspace.swapWithSpare();
              });
          return loaded;
        },
        () -> {});
    withAllShards(_ -> keyspace.closeSpare());
    reclaim();
  }

  /** What loads. */
  @FunctionalInterface
  private interface Loading {
    SnapshotLoader.Loaded run() throws IOException;
  }

  private void load(Host host, Loading loading, Runnable cleanUp) {
    SnapshotLoader.Loaded loaded = null;
    String problem = "";
    try {
      loaded = loading.run();
    } catch (IOException | RuntimeException e) {
      LOG.error("Cannot load the primary's snapshot", e);
      problem = String.valueOf(e.getMessage());
      cleanUp.run();
    }
    SnapshotLoader.Loaded result = loaded;
    String reason = problem;
    loop.execute(
        () -> {
          pipe = null;
          busy = false;
          host.loading(false, false);
          host.loaded(result, reason);
        });
  }

  private SnapshotLoader.Loaded read(ReadableByteChannel from, int firstDatabase)
      throws IOException {
    var options =
        new SnapshotLoader.Options(
            settings.checksum(), SnapshotLoader.Expired.KEEP, false, firstDatabase);
    return SnapshotLoader.load(from, keyspace, options, clock, progress);
  }

  /** Drops all data; under all locks only for a moment. */
  private void forgetData() {
    withAllShards(
        _ -> {
          dataReplaced.run();
          for (int db = 0; db < keyspace.databases(); db++) {
            keyspace.flush(db, false);
          }
        });
    reclaim();
  }

  private void reclaim() {
    Shards shards = keyspace.shards();
    for (int i = 0; i < shards.count(); i++) {
      boolean more = true;
      while (more) {
        shards.enterSlow(1L << i);
        try {
          more = shards.shard(i).reclaim(RECLAIM_ENTRIES);
        } finally {
          shards.leave(1L << i);
        }
      }
    }
  }

  private void withAllShards(Consumer<Shards> work) {
    Shards shards = keyspace.shards();
    shards.enterSlow(shards.all());
    try {
      work.accept(shards);
    } finally {
      shards.leave(shards.all());
    }
  }

  private Path temporary() {
    return settings
        .directory()
        .resolve(
            "temp-primary-"
                + ProcessHandle.current().pid()
                + "-"
                + System.identityHashCode(this)
                + ".rdb");
  }
}
