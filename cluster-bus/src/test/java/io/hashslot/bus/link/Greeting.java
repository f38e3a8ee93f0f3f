package io.hashslot.bus.link;

import static org.awaitility.Awaitility.await;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What is forgotten when it was not answered in time, CLUSTER MEET above all: a node that did not
 * answer within the node timeout is not greeted again by itself. On a machine that has too much to
 * do that happens, so whoever waits for the answer asks once more after a while.
 */
final class Greeting {
  /** Ten seconds or more. */
  private static final int POLLS_PER_GREETING = 500;

  private Greeting() {}

  /** Greets, and waits until that has led to what was meant. */
  static void until(String what, Runnable greet, Callable<Boolean> answered) {
    var polls = new AtomicInteger();
    await(what)
        .atMost(BusNode.PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              if (polls.getAndIncrement() % POLLS_PER_GREETING == 0) greet.run();
              return answered.call();
            });
  }
}
