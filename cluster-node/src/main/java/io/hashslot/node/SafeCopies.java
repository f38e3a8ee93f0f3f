package io.hashslot.node;

import io.hashslot.config.Choices;
import io.hashslot.config.Config;
import io.hashslot.config.PersistenceDirectives;
import io.hashslot.journal.Journal;
import io.hashslot.migration.Surroundings;
import io.hashslot.persist.aof.Aof;
import io.hashslot.replication.Replication;

/**
 * Where else the data of this node is, as far as one can wait for it at once: on replicas, and in
 * the append-only file, synced if that is the policy.
 */
record SafeCopies(Config config, Journal journal, Replication replication, Aof appendOnly)
    implements Surroundings.Copies {
  @Override
  public boolean have(long position) {
    return replication.allHave(position) && inFile(position);
  }

  private boolean inFile(long position) {
    if (!appendOnly.enabled() || appendOnly.waitsForFirstRewrite()) {
      return true;
    }
    boolean synced = config.get(PersistenceDirectives.APPENDFSYNC) == Choices.AppendFsync.ALWAYS;
    long there =
        synced ? appendOnly.durableOffset() : journal.end() - appendOnly.figures().bufferBytes();
    return there >= position;
  }

  @Override
  public void ask() {
    replication.requestAcks();
  }
}
