package io.hashslot.node;

import io.hashslot.bus.core.ClusterView;
import io.hashslot.cluster.Cluster;
import io.hashslot.cluster.SlotDeletion;
import io.hashslot.cluster.SlotMoves;
import io.hashslot.config.Config;
import io.hashslot.dispatch.Environment;
import io.hashslot.dispatch.SlowLane;
import io.hashslot.dispatch.Watches;
import io.hashslot.keyspace.Shards;
import io.hashslot.migration.SlotMigrations;
import io.hashslot.migration.Surroundings;
import io.hashslot.persist.aof.Aof;
import io.hashslot.persist.snapshot.Saver;
import io.hashslot.persist.snapshot.SnapshotLane;
import io.hashslot.replication.Replication;
import io.hashslot.session.Session;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** What moves slots between this node and others, wired. Outside a cluster there is nothing. */
final class SlotMoving implements SlotMoves, AutoCloseable {
  private final Environment environment;
  private final SlotDeletion deletion;
  private final @Nullable SlotMigrations migrations;

  SlotMoving(
      Config config,
      @Nullable Cluster cluster,
      Environment environment,
      SnapshotLane lane,
      SlowLane slowLane,
      Replication replication,
      Aof appendOnly,
      ConfiguredReplication copies,
      Outgoing outgoing) {
    this.environment = environment;
    deletion =
        new SlotDeletion(
            environment.keyspace(),
            environment.journal(),
            slowLane,
            environment.state(),
            environment.clock());
    migrations =
        cluster == null
            ? null
            : new SlotMigrations(
                new Surroundings(
                    config,
                    cluster,
                    environment.keyspace(),
                    environment.journal(),
                    environment::table,
                    environment.state(),
                    lane,
                    slowLane,
                    deletion,
                    copies::rdbVersion,
                    copies::outputHardLimitBytes,
                    new SafeCopies(config, environment.journal(), replication, appendOnly),
                    outgoing::toNodes,
                    environment.clock()),
                new SecureRandom());
    if (migrations != null) {
      replication.onStreamBegin(migrations::streamBegins);
    }
  }

  SlotDeletion deletion() {
    return deletion;
  }

  @Nullable SlotMigrations migrations() {
    return migrations;
  }

  @Override
  public void seen(ClusterView view) {
    if (migrations != null) {
      migrations.seen(view);
    }
  }

  @Override
  public void promoted() {
    if (migrations != null) {
      migrations.promoted();
    }
  }

  /** A client is gone. */
  void closed(Session session) {
    if (migrations != null) {
      migrations.closed(session);
    }
  }

  /** All databases have been emptied by a client. */
  void flushed(Saver saver) {
    saver.flushed();
    if (migrations != null) {
      migrations.flushed();
    }
  }

  /** Other data takes the place of all there is; all shards are held. */
  void replacing(Watches watches) {
    watches.replacing(environment.keyspace());
    if (migrations != null) {
      migrations.dataReplaced();
    }
  }

  /** The data of the last run is here: what was being imported then is judged like all else. */
  void loaded() {
    Shards shards = environment.keyspace().shards();
    shards.enterSlow(shards.all());
    try {
      if (migrations != null) {
        migrations.dataReplaced();
      }
    } finally {
      shards.leave(shards.all());
    }
  }

  @Override
  public void close() {
    if (migrations != null) {
      migrations.close();
    }
  }
}
