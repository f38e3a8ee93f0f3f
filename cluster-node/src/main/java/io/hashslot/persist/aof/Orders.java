package io.hashslot.persist.aof;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What the writer's thread was told to do and has not done yet; any thread adds to it. */
final class Orders {
  /** Something that the thread does. */
  @FunctionalInterface
  interface Step {
    void run() throws IOException;
  }

  private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();
  private final Runnable wake;

  /**
   * @param wake makes the thread look
   */
  Orders(Runnable wake) {
    this.wake = wake;
  }

  void add(Runnable order) {
    orders.add(order);
    wake.run();
  }

  /** Adds one; the result tells what has become of it. */
  CompletableFuture<Void> done(Step step) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    add(
        () -> {
          try {
            step.run();
            done.complete(null);
          } catch (IOException problem) {
            done.completeExceptionally(problem);
          }
        });
    return done;
  }

  boolean isEmpty() {
    return orders.isEmpty();
  }

  /** Does what there is. */
  void carryOut() {
    Runnable next;
    while ((next = orders.poll()) != null) {
      next.run();
    }
  }
}
