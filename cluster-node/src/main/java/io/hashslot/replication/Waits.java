package io.hashslot.replication;

import io.hashslot.session.Session;
import io.hashslot.session.Waiting;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Clients that WAIT until enough replicas have acknowledged their writes. Hears what replicas
 * acknowledge and that they are gone.
 */
final class Waits implements Replica.Observer {
  private final Replicas replicas;
  private final Runnable changed;
  private final List<Wait> waiting = new CopyOnWriteArrayList<>();

  /**
   * @param changed runs when a replica has gone online, and when one is gone
   */
  Waits(Replicas replicas, Runnable changed) {
    this.replicas = replicas;
    this.changed = changed;
  }

  /** One client that waits. */
  private final class Wait implements Waiting {
    private final Session session;
    private final long offset;
    private final long wanted;

    Wait(Session session, long offset, long wanted) {
      this.session = session;
      this.offset = offset;
      this.wanted = wanted;
    }

    boolean satisfied() {
      return replicas.acknowledged(offset) >= wanted;
    }

    void answer() {
      session
          .loop()
          .execute(
              () ->
                  session.wake(this, () -> session.reply().integer(replicas.acknowledged(offset))));
    }

    @Override
    public void onTimeout(Session timedOut) {
      timedOut.reply().integer(replicas.acknowledged(offset));
    }

    @Override
    public void onEnd() {
      waiting.remove(this);
    }
  }

  /** Makes the client wait. On its loop. */
  void begin(Session session, long offset, long wanted, long timeoutMs) {
    Wait wait = new Wait(session, offset, wanted);
    session.await(wait, timeoutMs);
    waiting.add(wait);
    if (wait.satisfied()) {
      wait.answer(); // the acknowledgement came in between
    }
  }

  /** Answers those who waited for this acknowledgement. */
  @Override
  public void acknowledged(Replica replica) {
    for (Wait wait : waiting) {
      if (wait.satisfied()) {
        wait.answer();
      }
    }
  }

  @Override
  public void gone(Replica replica) {
    replicas.remove(replica);
    changed.run();
  }

  @Override
  public void online(Replica replica) {
    changed.run();
  }
}
