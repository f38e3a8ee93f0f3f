package io.hashslot.replication;

import io.hashslot.journal.Effects;
import io.hashslot.journal.Journal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Commands of the server itself that replicas must have before it goes on: they are put into the
 * stream, and whoever asked is told when all replicas that understand them have acknowledged them,
 * or when the time is up. They do not come to the append-only file, whose filter knows them.
 */
public final class Confirmations implements AutoCloseable {
  /** Replicas of this version and older do not understand CLUSTER SETSLOT in the stream. */
  private static final int[] TOO_OLD = {7, 2, 255};

  private final Journal journal;
  private final ReplicationLoop loop;
  private final Replicas replicas;
  private final StreamSignals signals;
  private final Effects effects = new Effects();
  private final List<Awaited> awaited = new CopyOnWriteArrayList<>();

  Confirmations(Journal journal, ReplicationLoop loop, Replicas replicas, StreamSignals signals) {
    this.journal = journal;
    this.loop = loop;
    this.replicas = replicas;
    this.signals = signals;
  }

  /** One command that is on its way. */
  private final class Awaited {
    private final long offset;
    private final int wanted;
    private final Consumer<Boolean> told;
    private final AtomicBoolean over = new AtomicBoolean();

    Awaited(long offset, int wanted, Consumer<Boolean> told) {
      this.offset = offset;
      this.wanted = wanted;
      this.told = told;
    }

    void look() {
      if (replicas.acknowledged(offset) >= wanted) {
        end(true);
      }
    }

    void end(boolean confirmed) {
      if (over.compareAndSet(false, true)) {
        awaited.remove(this);
        told.accept(confirmed);
      }
    }
  }

  /** How many replicas would have to confirm a command now. Any thread. */
  public int wanted() {
    int count = 0;
    for (Replica replica : replicas.all()) {
      if (replica.online() && understands(replica.profile().version())) {
        count++;
      }
    }
    return count;
  }

  private static boolean understands(@Nullable String version) {
    if (version == null) {
      return false;
    }
    String[] parts = version.split("\\.", -1);
    for (int i = 0; i < TOO_OLD.length && i < parts.length; i++) {
      int part = Integer.parseInt(parts[i]);
      if (part != TOO_OLD[i]) {
        return part > TOO_OLD[i];
      }
    }
    return false;
  }

  /**
   * Puts a command into the stream. Any thread.
   *
   * @param timeoutMs how long to wait; 0 for as long as it takes
   * @param told whether all confirmed it in time; on any thread
   */
  public void send(String[] words, long timeoutMs, Consumer<Boolean> told) {
    loop.execute(() -> sendNow(words, timeoutMs, told));
  }

  private void sendNow(String[] words, long timeoutMs, Consumer<Boolean> told) {
    int wanted = wanted();
    if (wanted == 0 || signals.heldBack()) {
      told.accept(wanted == 0);
      return;
    }
    effects.command(-1, words[0], words.length - 1);
    for (int i = 1; i < words.length; i++) {
      effects.argument(words[i]);
    }
    long offset = journal.append(effects);
    effects.reset();
    journal.signal();
    Awaited mine = new Awaited(offset, wanted, told);
    awaited.add(mine);
    if (timeoutMs > 0) {
      loop.schedule(() -> mine.end(false), timeoutMs);
    }
    signals.requestAcks(loop);
  }

  /** A replica has acknowledged something. Any thread. */
  void acknowledged() {
    awaited.forEach(Awaited::look);
  }

  @Override
  public void close() {
    effects.close();
  }
}
