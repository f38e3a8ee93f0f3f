package io.hashslot.bench.micro;

import io.hashslot.session.Inbox;
import io.hashslot.session.Loop;

/** A loop without a thread: the benchmark's own thread is it. */
final class InlineLoop implements Loop {

  private final Inbox inbox = new Inbox(this);

  @Override
  public boolean isCurrent() {
    return true;
  }

  @Override
  public void execute(Runnable task) {
    task.run();
  }

  @Override
  public Timer schedule(Runnable task, long delayMs) {
    throw new UnsupportedOperationException("nothing waits in a benchmark");
  }

  @Override
  public Inbox inbox() {
    return inbox;
  }
}
