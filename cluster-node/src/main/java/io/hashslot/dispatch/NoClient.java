package io.hashslot.dispatch;

import io.hashslot.resp.NativeOutput;
import io.hashslot.session.Inbox;
import io.hashslot.session.Link;
import io.hashslot.session.Loop;
import io.hashslot.session.Session;

/** Stands for the client where there is none: work of the node itself, loading, applied streams. */
public final class NoClient implements Link {
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

  @Override
  public String peer() {
    return "";
  }

  @Override
  public String local() {
    return "";
  }

  @Override
  public boolean fromThisMachine() {
    return true;
  }

  @Override
  public boolean unixSocket() {
    return false;
  }

  @Override
  public void flushSoon() {}

  @Override
  public void resume() {}

  @Override
  public void closeAfterReply() {}

  @Override
  public void closeNow() {}

  @Override
  public long pendingOutputBytes() {
    return 0;
  }

  @Override
  public int pendingInputBytes() {
    return 0;
  }

  @Override
  public int freeInputBytes() {
    return 0;
  }

  @Override
  public long bytesIn() {
    return 0;
  }

  @Override
  public long bytesOut() {
    return 0;
  }

  @Override
  public int descriptor() {
    return -1;
  }

  @Override
  public void trusted(boolean authenticated) {}

  @Override
  public void detach(RawPeer peer) {
    throw new UnsupportedOperationException("there is no link to hand over");
  }

  @Override
  public void sendRaw(long address, int length) {
    throw new UnsupportedOperationException("there is no link to send on");
  }
}
