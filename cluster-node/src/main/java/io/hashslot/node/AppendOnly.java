package io.hashslot.node;

import io.hashslot.config.Choices;
import io.hashslot.config.Config;
import io.hashslot.config.PersistenceDirectives;
import io.hashslot.dispatch.NodeState;
import io.hashslot.journal.Journal;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.observe.LatencyEvents;
import io.hashslot.persist.aof.Aof;
import io.hashslot.persist.aof.AofBaseWriter;
import io.hashslot.persist.aof.AofDirectory;
import io.hashslot.persist.aof.AofSettings;
import io.hashslot.persist.aof.FsyncPolicy;
import io.hashslot.persist.snapshot.SnapshotCut;
import io.hashslot.persist.snapshot.SnapshotInfo;
import io.hashslot.persist.snapshot.SnapshotLane;
import io.hashslot.persist.snapshot.SnapshotWriter;
import io.hashslot.replication.Replication;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The append-only file's directives, as it asks for them, and what follows when they change. */
final class AppendOnly implements AofSettings {
  private static final Logger LOG = LoggerFactory.getLogger(AppendOnly.class);

  private final Config config;
  private final ConfiguredReplication snapshots;
  private final Keyspace keyspace;
  private final Clock clock;

  private AppendOnly(
      Config config, ConfiguredReplication snapshots, Keyspace keyspace, Clock clock) {
    this.config = config;
    this.snapshots = snapshots;
    this.keyspace = keyspace;
    this.clock = clock;
  }

  /** Makes a file that follows the directives, also when they change. */
  static Aof over(
      Config config,
      ConfiguredReplication snapshots,
      Keyspace keyspace,
      Journal journal,
      SnapshotLane lane,
      NodeState state,
      LatencyEvents latency,
      Clock clock,
      Replication replication) {
    Aof aof =
        new Aof(
            new Aof.Parts(
                keyspace,
                journal,
                lane,
                state,
                latency,
                clock,
                replication::inStep,
                AppendOnly::end),
            new AppendOnly(config, snapshots, keyspace, clock));
    replication.appendOnly(aof);
    lane.givesWay(aof::giveUpRewrite);
    config.onChange(
        (_, now) -> switchTo(now.get(PersistenceDirectives.APPENDONLY), aof),
        PersistenceDirectives.APPENDONLY);
    config.afterChange(aof::policyChanged, PersistenceDirectives.APPENDFSYNC);
    return aof;
  }

  /** Begins to write behind what was loaded, if the file is switched on. */
  static void start(Config config, Aof aof) throws IOException {
    if (config.get(PersistenceDirectives.APPENDONLY)) {
      aof.start();
    }
  }

  /** Nothing that is said from now on could be kept: the process ends as it stands. */
  static void end(String problem) {
    LOG.error("The append-only file cannot be written ({}): exiting", problem);
    Runtime.getRuntime().halt(1);
  }

  private static @Nullable String switchTo(boolean on, Aof aof) {
    if (!on) {
      aof.switchOff();
      return null;
    }
    try {
      aof.switchOn();
      return null;
    } catch (IOException problem) {
      LOG.error("The append-only file cannot be switched on", problem);
      return "Unable to turn on AOF. Check server logs.";
    }
  }

  @Override
  public FsyncPolicy fsync() {
    return switch (config.get(PersistenceDirectives.APPENDFSYNC)) {
      case Choices.AppendFsync.ALWAYS -> FsyncPolicy.ALWAYS;
      case Choices.AppendFsync.EVERYSEC -> FsyncPolicy.EVERYSEC;
      case Choices.AppendFsync.NO -> FsyncPolicy.NO;
    };
  }

  @Override
  public boolean noSyncWhileRewriting() {
    return config.get(PersistenceDirectives.NO_APPENDFSYNC_ON_REWRITE);
  }

  @Override
  public boolean stamps() {
    return config.get(PersistenceDirectives.AOF_TIMESTAMP_ENABLED);
  }

  @Override
  public long lagLimit() {
    return config.get(PersistenceDirectives.AOF_LAG_LIMIT);
  }

  @Override
  public boolean snapshotAsBase() {
    return config.get(PersistenceDirectives.AOF_USE_RDB_PREAMBLE);
  }

  @Override
  public long rewritePercentage() {
    return config.get(PersistenceDirectives.AUTO_AOF_REWRITE_PERCENTAGE);
  }

  @Override
  public long rewriteMinBytes() {
    return config.get(PersistenceDirectives.AUTO_AOF_REWRITE_MIN_SIZE);
  }

  @Override
  public boolean syncsWhileRewriting() {
    return config.get(PersistenceDirectives.AOF_REWRITE_INCREMENTAL_FSYNC);
  }

  @Override
  public boolean keepsHistory() {
    return config.get(PersistenceDirectives.AOF_DISABLE_AUTO_GC);
  }

  @Override
  public AofDirectory directory() {
    return directory(config);
  }

  /** Returns where the directives say that the files are. */
  static AofDirectory directory(Config config) {
    return new AofDirectory(
        config.get(PersistenceDirectives.DIR),
        config.get(PersistenceDirectives.APPENDDIRNAME),
        config.get(PersistenceDirectives.APPENDFILENAME));
  }

  @Override
  public Path workingDirectory() {
    return config.get(PersistenceDirectives.DIR);
  }

  @Override
  public SnapshotCut.AccessHints accessHints() {
    return snapshots.accessHints();
  }

  @Override
  public int rdbVersion() {
    return snapshots.rdbVersion();
  }

  @Override
  public long entryDelayUs() {
    return snapshots.entryDelayUs();
  }

  @Override
  public AofSettings.BaseWriter snapshots() {
    return (cut, channel) -> {
      SnapshotInfo info =
          new SnapshotInfo(
              cut.version(),
              snapshots.serverVersion(),
              snapshots.compress(),
              snapshots.checksum(),
              null,
              0,
              0,
              true);
      var unused =
          SnapshotWriter.write(
              cut, info, keyspace.functions().sources(), keyspace.usedBytes(), clock, channel);
    };
  }

  @Override
  public AofSettings.BaseWriter commands() {
    return (cut, channel) -> {
      var unused =
          AofBaseWriter.write(
              cut, List.copyOf(keyspace.functions().sources()), stamps(), clock, channel);
    };
  }
}
