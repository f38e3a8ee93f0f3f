package io.hashslot.session;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A place on every session for the state of one subsystem, typed. Declared once as a constant:
 * {@code static final SessionSlot<Transaction> TRANSACTION = new SessionSlot<>();}
 *
 * @param <T> the state's type
 */
public final class SessionSlot<T> {
  private static final AtomicInteger COUNT = new AtomicInteger();

  final int index = COUNT.getAndIncrement();

  /** Returns how many slots have been declared. */
  static int count() {
    return COUNT.get();
  }
}
