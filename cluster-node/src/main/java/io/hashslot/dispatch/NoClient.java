package io.hashslot.dispatch;

import io.hashslot.resp.NativeOutput;
import io.hashslot.session.Inbox;
import io.hashslot.session.Loop;
import io.hashslot.session.Session;
import io.hashslot.session.SilentLink;

/** Stands for the client where there is none: work of the node itself, loading, applied streams. */
public final class NoClient extends SilentLink {
  /** A loop that runs what it is given at once, on the thread that gives it. */
  static final Loop NO_LOOP =
      new Loop() {
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
          throw new UnsupportedOperationException("nobody waits here");
        }

        @Override
        public Inbox inbox() {
          return inbox;
        }
      };

  private final Session session;

  /** Makes a session without a peer on a loop. Its replies go nowhere. */
  public NoClient(Loop loop) {
    session = new Session(0, this, loop, new NativeOutput(256), 0);
    session.authenticate("default");
  }

  /** Returns the session. */
  public Session session() {
    return session;
  }
}
