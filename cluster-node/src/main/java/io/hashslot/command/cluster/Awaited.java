package io.hashslot.command.cluster;

import io.hashslot.time.Clock;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An answer of another thread that mostly comes within microseconds. Who asked looks out for it for
 * a moment, which is cheaper than to be woken; if it takes longer it goes to a receiver instead.
 *
 * @param <T> the answer
 */
final class Awaited<T> {
  /** A question to the bus takes 40 to 60 µs; being woken costs a thread 20 to 30. */
  private static final long PATIENCE_NS = 100_000;

  /** The answer, or whom it is to be told. */
  private final AtomicReference<@Nullable Object> state = new AtomicReference<>();

  /** The one who wants it, if it comes late. */
  private record Late<T>(Consumer<T> receiver) {}

  /** The answer is there. Any thread; once. */
  @SuppressWarnings("unchecked") // Late receivers are those of this class.
  void answer(T answer) {
    if (!state.compareAndSet(null, answer) && state.get() instanceof Late<?> late) {
      ((Late<T>) late).receiver.accept(answer);
    }
  }

  /**
   * Looks out for the answer.
   *
   * @param late told the answer, on the thread that gives it, if it does not come in time
   * @return the answer; null if it comes late
   */
  @SuppressWarnings("unchecked") // Nobody has put a late receiver there but this method.
  @Nullable T lookOut(Clock clock, Consumer<T> late) {
    long untilNs = clock.monotonicNs() + PATIENCE_NS;
    Object answer = state.get();
    while (answer == null && clock.monotonicNs() - untilNs < 0) {
      Thread.onSpinWait();
      answer = state.get();
    }
    if (answer == null && state.compareAndSet(null, new Late<>(late))) {
      return null;
    }
    return (T) state.get();
  }
}
