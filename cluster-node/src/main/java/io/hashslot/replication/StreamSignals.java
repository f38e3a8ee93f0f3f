package io.hashslot.replication;

import io.hashslot.journal.Effects;
import io.hashslot.journal.Journal;
import io.hashslot.session.Loop;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * What a primary puts into its stream beside changes of data: a sign of life now and then, and the
 * request for acknowledgements when somebody waits for them.
 */
final class StreamSignals implements AutoCloseable {
  private final Journal journal;
  private final BooleanSupplier heldBack;
  private final Effects effects = new Effects();
  private final AtomicBoolean acksRequested = new AtomicBoolean();
  private boolean closed;

  /**
   * @param heldBack whether the stream has to stand still, because the role is about to be handed
   *     over
   */
  StreamSignals(Journal journal, BooleanSupplier heldBack) {
    this.journal = journal;
    this.heldBack = heldBack;
  }

  /** Whether nothing may come into the stream: the role is about to be handed over. */
  boolean heldBack() {
    return heldBack.getAsBoolean();
  }

  /** A sign of life. Any thread. */
  void ping() {
    append("PING");
    journal.signal();
  }

  /**
   * Asks all replicas how far they are, once for all who ask at a time: with what one of them is
   * sent next ({@link #askNow}), or else soon.
   *
   * @param loop which does it, preferably the caller's own: what waits there is asked for in one
   */
  void requestAcks(Loop loop) {
    if (acksRequested.compareAndSet(false, true)) {
      loop.execute(
          () -> {
            if (askNow()) {
              journal.signal();
            }
          });
    }
  }

  /**
   * Puts the question that somebody has asked for into the stream. Any thread; nobody is woken.
   *
   * @return whether there was one
   */
  boolean askNow() {
    if (!acksRequested.get() || !acksRequested.compareAndSet(true, false) || heldBack()) {
      return false;
    }
    append("REPLCONF", "GETACK", "*");
    return true;
  }

  private synchronized void append(String name, String... arguments) {
    if (closed) {
      return;
    }
    effects.command(-1, name, arguments.length);
    for (String argument : arguments) {
      effects.argument(argument);
    }
    journal.append(effects);
    effects.reset();
  }

  @Override
  public synchronized void close() {
    closed = true;
    effects.close();
  }
}
