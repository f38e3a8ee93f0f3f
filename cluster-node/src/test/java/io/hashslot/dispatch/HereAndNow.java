package io.hashslot.dispatch;

import io.hashslot.session.Inbox;
import io.hashslot.session.Loop;

/** A loop that runs everything on the spot. */
public final class HereAndNow implements Loop {
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
    return () -> {};
  }

  @Override
  public Inbox inbox() {
    return inbox;
  }
}
