package io.hashslot.replication;

import io.hashslot.resp.ReplyWriter;
import io.hashslot.session.Loop;
import io.hashslot.session.Session;
import io.hashslot.session.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Clients that WAIT until enough replicas have acknowledged their writes, or until these are on
 * disk. Hears what replicas acknowledge and that they are gone.
 *
 * <p>One acknowledgement may be what many clients wait for: each loop looks through its own, once
 * for all acknowledgements that have come by then.
 */
final class Waits implements Replica.Observer {
  private final Replicas replicas;
  private final WriteAcks acks;
  private final StreamSignals signals;
  private final Runnable changed;
  private final Runnable acknowledged;
  private final LongSupplier durableOffset;
  private final Map<Loop, OnLoop> waiting = new ConcurrentHashMap<>();

  /**
   * @param acks what all clients wait for, if so configured
   * @param signals asks replicas how far they are
   * @param changed runs when a replica has gone online, and when one is gone
   * @param acknowledged runs when a replica has acknowledged anything
   * @param durableOffset up to where everything is on the disk of this server; -1 if there is no
   *     append-only file
   */
  Waits(
      Replicas replicas,
      WriteAcks acks,
      StreamSignals signals,
      Runnable changed,
      Runnable acknowledged,
      LongSupplier durableOffset) {
    this.replicas = replicas;
    this.acks = acks;
    this.signals = signals;
    this.changed = changed;
    this.acknowledged = acknowledged;
    this.durableOffset = durableOffset;
  }

  /** One client that waits; what for, and what it is told, is up to the command. */
  private abstract class Wait implements Waiting {
    private final Session session;
    private final OnLoop place;
    private boolean ended;

    Wait(Session session) {
      this.session = session;
      place = waiting.computeIfAbsent(session.loop(), OnLoop::new);
    }

    abstract boolean satisfied();

    abstract void reply(Session to);

    void answer() {
      session.wake(this, () -> reply(session));
    }

    @Override
    public void onTimeout(Session timedOut) {
      reply(timedOut);
    }

    @Override
    public void onEnd() {
      ended = true;
      place.remove(this);
    }
  }

  /** Those of one loop; used there, but for {@link #changed}. */
  private final class OnLoop {
    private final Loop loop;
    private final AtomicBoolean called = new AtomicBoolean();

    /** In the order they came. */
    private List<Wait> all = new ArrayList<>();

    /** Some, while {@link #look} goes through them. */
    private List<Wait> looking = List.of();

    private volatile boolean any;

    OnLoop(Loop loop) {
      this.loop = loop;
    }

    void add(Wait wait) {
      all.add(wait);
      any = true;
      if (wait.satisfied()) {
        changed(); // what it waits for came in between
      }
    }

    void remove(Wait wait) {
      if (looking.isEmpty()) {
        all.remove(wait);
        any = !all.isEmpty(); // a loop without clients may end, and is not called any more
      }
    }

    /** Some may have what they wait for. Any thread. */
    void changed() {
      if (any && called.compareAndSet(false, true)) {
        loop.execute(this::look);
      }
    }

    /** Who is answered goes on with its next request, and may be here again at once. */
    private void look() {
      called.set(false);
      looking = all;
      all = new ArrayList<>(looking.size());
      for (Wait wait : looking) {
        if (!wait.ended && wait.satisfied()) {
          wait.answer();
        }
        if (!wait.ended) {
          all.add(wait);
        }
      }
      looking = List.of();
      any = !all.isEmpty();
    }
  }

  /** {@code WAIT}: for so many replicas to have a write. */
  private final class ForReplicas extends Wait {
    private final long offset;
    private final long wanted;

    ForReplicas(Session session, long offset, long wanted) {
      super(session);
      this.offset = offset;
      this.wanted = wanted;
    }

    @Override
    boolean satisfied() {
      return replicas.acknowledged(offset) >= wanted;
    }

    @Override
    void reply(Session to) {
      to.reply().integer(replicas.acknowledged(offset));
    }
  }

  /** {@code WAITAOF}: for a write to be on disk, here and on so many replicas. */
  private final class ForDisks extends Wait {
    private final long offset;
    private final boolean here;
    private final long wanted;

    ForDisks(Session session, long offset, boolean here, long wanted) {
      super(session);
      this.offset = offset;
      this.here = here;
      this.wanted = wanted;
    }

    @Override
    boolean satisfied() {
      return durable(offset, here, wanted) || here && durableOffset.getAsLong() < 0;
    }

    @Override
    void reply(Session to) {
      if (here && durableOffset.getAsLong() < 0) {
        to.reply().error("ERR " + Replication.NO_APPEND_ONLY_FILE);
      } else {
        replyDurable(to.reply(), offset);
      }
    }
  }

  /** Whether a write is on disk, here if that is wanted, and on so many replicas. */
  boolean durable(long offset, boolean here, long wanted) {
    return (!here || durableOffset.getAsLong() >= offset) && replicas.durable(offset) >= wanted;
  }

  /** Tells whether a write is on disk here, and on how many replicas. */
  void replyDurable(ReplyWriter to, long offset) {
    to.array(2);
    to.integer(durableOffset.getAsLong() >= offset ? 1 : 0);
    to.integer(replicas.durable(offset));
  }

  /** Makes the client wait for replicas. On its loop. */
  void begin(Session session, long offset, long wanted, long timeoutMs) {
    begin(session, new ForReplicas(session, offset, wanted), timeoutMs);
  }

  /** Makes the client wait for disks. On its loop. */
  void begin(Session session, long offset, boolean here, long wanted, long timeoutMs) {
    begin(session, new ForDisks(session, offset, here, wanted), timeoutMs);
  }

  private void begin(Session session, Wait wait, long timeoutMs) {
    session.await(wait, timeoutMs);
    wait.place.add(wait);
    signals.requestAcks(session.loop());
  }

  /** More is on the disk of this server, or its append-only file was switched on or off. */
  void disksChanged() {
    waiting.values().forEach(OnLoop::changed);
  }

  /** Answers those who waited for this acknowledgement. */
  @Override
  public void acknowledged(Replica replica) {
    acks.acknowledged();
    waiting.values().forEach(OnLoop::changed);
    acknowledged.run();
  }

  @Override
  public void feeding() {
    signals.askNow();
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
