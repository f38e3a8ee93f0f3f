package io.hashslot.persist.aof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.hashslot.dispatch.NodeState;
import io.hashslot.journal.Effects;
import io.hashslot.journal.Journal;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.keyspace.KeyspaceSettings;
import io.hashslot.memory.Arena;
import io.hashslot.observe.LatencyEvents;
import io.hashslot.persist.rdb.Rdb;
import io.hashslot.persist.snapshot.SnapshotCut;
import io.hashslot.persist.snapshot.SnapshotLane;
import io.hashslot.session.ReplyGate;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** An append-only file over a journal, with directives and a disk that tests change. */
final class AofKit implements AofSettings, AutoCloseable {
  final Journal journal = new Journal(4096, 16 * 1024);
  final NodeState node = new NodeState();
  final FakeDisk disk = new FakeDisk();
  final SnapshotLane lane = new SnapshotLane();
  final Keyspace keyspace = new Keyspace(new KeyspaceSettings(4, 16, false, 1, Arena::open));
  final Aof aof;
  final ReplyGate gate;

  volatile FsyncPolicy policy = FsyncPolicy.EVERYSEC;
  volatile boolean noSyncWhileRewriting;
  volatile boolean stamps;
  volatile long percentage;
  volatile long minBytes;
  volatile long lagLimit;
  volatile boolean snapshotFails;
  volatile CountDownLatch snapshot = new CountDownLatch(0);
  volatile @Nullable String fatal;

  private final Path folder;
  private final Effects effects = new Effects();

  AofKit(Path folder) {
    this.folder = folder;
    aof =
        new Aof(
            new Aof.Parts(
                keyspace,
                journal,
                lane,
                node,
                new LatencyEvents(),
                Clock.system(),
                () -> true,
                problem -> fatal = problem),
            this,
            disk);
    gate = node.gate();
  }

  /** Begins with what the folder holds, which nobody loads. */
  AofKit start() throws IOException {
    aof.start();
    return this;
  }

  /** Appends one command, and wakes who waits for it; returns the position behind it. */
  long write(int db, String... words) {
    return write(null, db, words);
  }

  /** The same as a loop does it. */
  long write(@Nullable Executor near, int db, String... words) {
    effects.command(db, words.length);
    for (String word : words) {
      effects.argument(word);
    }
    long position = journal.append(effects);
    effects.reset();
    journal.signal(near);
    return position;
  }

  static String resp(String... words) {
    StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    return text.toString();
  }

  /** Returns a file in the folder of the append-only files. */
  Path path(String name) {
    return folder.resolve("appendonlydir").resolve(name);
  }

  /** Returns the content of such a file; empty if there is none. */
  String content(String name) {
    try {
      return Files.exists(path(name)) ? Files.readString(path(name), ISO_8859_1) : "";
    } catch (IOException problem) {
      throw new java.io.UncheckedIOException(problem);
    }
  }

  /** Returns the manifest as it stands on disk, without its quirks: name and type of each file. */
  String manifest() {
    StringBuilder text = new StringBuilder();
    try {
      for (Manifest.Entry entry : directory().manifest().entries()) {
        text.append(entry.fileName().replace("appendonly.aof.", "")).append(' ');
      }
    } catch (IOException problem) {
      throw new java.io.UncheckedIOException(problem);
    }
    return text.toString().strip();
  }

  @Override
  public FsyncPolicy fsync() {
    return policy;
  }

  @Override
  public boolean noSyncWhileRewriting() {
    return noSyncWhileRewriting;
  }

  @Override
  public boolean stamps() {
    return stamps;
  }

  @Override
  public long lagLimit() {
    return lagLimit;
  }

  @Override
  public boolean snapshotAsBase() {
    return true;
  }

  @Override
  public long rewritePercentage() {
    return percentage;
  }

  @Override
  public long rewriteMinBytes() {
    return minBytes;
  }

  @Override
  public boolean syncsWhileRewriting() {
    return true;
  }

  @Override
  public boolean keepsHistory() {
    return false;
  }

  @Override
  public AofDirectory directory() {
    return new AofDirectory(folder, "appendonlydir", "appendonly.aof");
  }

  @Override
  public Path workingDirectory() {
    return folder;
  }

  @Override
  public SnapshotCut.AccessHints accessHints() {
    return SnapshotCut.AccessHints.NONE;
  }

  @Override
  public int rdbVersion() {
    return Rdb.VERSION_REDIS_7_0;
  }

  @Override
  public long entryDelayUs() {
    return 0;
  }

  @Override
  public AofSettings.BaseWriter snapshots() {
    return (_, channel) -> {
      try {
        snapshot.await();
      } catch (InterruptedException interrupted) {
        throw new IOException(interrupted);
      }
      if (snapshotFails) {
        throw new IOException("no snapshot today");
      }
      var unused = channel.write(ByteBuffer.wrap("base".getBytes(ISO_8859_1)));
    };
  }

  @Override
  public AofSettings.BaseWriter commands() {
    return snapshots();
  }

  @Override
  public void close() {
    lane.close();
    aof.close();
    effects.close();
    journal.close();
    keyspace.close();
  }
}
