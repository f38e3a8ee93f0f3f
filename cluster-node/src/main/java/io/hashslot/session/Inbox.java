package io.hashslot.session;

import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.ManyToOneConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Messages for the sessions of one loop. What was posted first is delivered first, also when the
 * loop itself has something to deliver: it drains the inbox before. A burst costs one wake-up.
 *
 * <p>The dispatcher drains after it has entered the shard locks and before the body runs, so that a
 * reply never overtakes a message whose cause it has seen.
 */
public final class Inbox {
  /** One message: writes to its session and asks for a flush; runs on the session's loop. */
  @FunctionalInterface
  public interface Delivery {
    /** Delivers the message. */
    void deliver();
  }

  private final ManyToOneConcurrentLinkedQueue<Delivery> queue =
      new ManyToOneConcurrentLinkedQueue<>();
  private final AtomicBoolean woken = new AtomicBoolean();
  private final Loop loop;

  /** Makes the inbox of a loop. */
  public Inbox(Loop loop) {
    this.loop = loop;
  }

  /** Delivers a message, at once when called on the loop, else soon. */
  public void post(Delivery delivery) {
    if (loop.isCurrent()) {
      drain();
      delivery.deliver();
      return;
    }
    queue.offer(delivery);
    if (!woken.get() && woken.compareAndSet(false, true)) {
      loop.execute(this::wake);
    }
  }

  private void wake() {
    woken.set(false);
    drain();
  }

  /** Delivers all that has come; only on the loop. */
  public void drain() {
    if (queue.isEmpty()) {
      return;
    }
    @Nullable Delivery next;
    while ((next = queue.poll()) != null) {
      next.deliver();
    }
  }
}
