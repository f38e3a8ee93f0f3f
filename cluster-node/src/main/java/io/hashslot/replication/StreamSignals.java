package io.hashslot.replication;

import io.hashslot.journal.Effects;
import io.hashslot.journal.Journal;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * What a primary puts into its stream beside changes of data: a sign of life now and then, and the
 * request for acknowledgements when somebody waits for them.
 */
final class StreamSignals implements AutoCloseable {
  private final Journal journal;
  private final ReplicationLoop loop;
  private final BooleanSupplier heldBack;
  private final Effects effects = new Effects();
  private final AtomicBoolean acksRequested = new AtomicBoolean();

  /**
   * @param heldBack whether the stream has to stand still, because the role is about to be handed
   *     over
   */
  StreamSignals(Journal journal, ReplicationLoop loop, BooleanSupplier heldBack) {
    this.journal = journal;
    this.loop = loop;
    this.heldBack = heldBack;
  }

  /** Whether nothing may come into the stream: the role is about to be handed over. */
  boolean heldBack() {
    return heldBack.getAsBoolean();
  }

  /** A sign of life. On the replication loop. */
  void ping() {
    append(effects.command(-1, "PING", 0));
  }

  /** Asks all replicas how far they are, once for all who ask at a time. Any thread. */
  void requestAcks() {
    if (acksRequested.compareAndSet(false, true)) {
      loop.execute(
          () -> {
            acksRequested.set(false);
            if (!heldBack.getAsBoolean()) {
              append(effects.command(-1, "REPLCONF", 2).argument("GETACK").argument("*"));
            }
          });
    }
  }

  private void append(Effects command) {
    journal.append(command);
    command.reset();
    journal.signal();
  }

  @Override
  public void close() {
    effects.close();
  }
}
