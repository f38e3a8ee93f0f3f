package io.hashslot.replication;

import io.hashslot.dispatch.Transaction;
import io.hashslot.function.FunctionReplay;
import io.hashslot.resp.NativeOutput;
import io.hashslot.resp.Request;
import io.hashslot.session.Engine;
import io.hashslot.session.Loop;
import io.hashslot.session.Peer;
import io.hashslot.session.Session;
import io.hashslot.session.Sessions;
import io.hashslot.session.SilentLink;
import io.hashslot.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies the primary's commands through the ordinary way of requests, as a session that is marked
 * as the primary's: no gates, no replies. Each link has a session of its own, which {@code CLIENT
 * LIST} shows and {@code CLIENT KILL} closes.
 */
final class StreamApplier extends SilentLink implements Applier {
  private static final Logger LOG = LoggerFactory.getLogger(StreamApplier.class);

  private final Function<Loop, Engine> engines;
  private final FunctionReplay functions;
  private final Loop loop;
  private final Sessions sessions;
  private final Clock clock;
  private final SlotMarks slotMarks;
  private final Runnable resume;
  private final Runnable killed;
  private final NativeOutput replies = new NativeOutput(1024);
  private Session session;
  private volatile String peer = "";
  private volatile String local = "";
  private @Nullable Engine engine;

  /** Whether the SETSLOT that is held up was carried out; null if none is. */
  private @Nullable AtomicBoolean slotMarked;

  /**
   * @param resume runs when a command that had to wait may go on
   * @param killed runs when somebody closes the session
   */
  StreamApplier(Replication.Parts parts, Loop loop, Runnable resume, Runnable killed) {
    engines = parts.engines();
    functions = new FunctionReplay(parts.keyspace().functions());
    sessions = parts.sessions();
    clock = parts.clock();
    slotMarks = parts.slotMarks();
    this.loop = loop;
    this.resume = resume;
    this.killed = killed;
    session = newSession();
  }

  private Session newSession() {
    Session made = new Session(sessions.nextId(), this, loop, replies, clock.wallMs());
    made.peer(Peer.PRIMARY);
    made.authenticate("default");
    return made;
  }

  @Override
  public boolean apply(Request command) {
    if (command.is(0, "SELECT") && command.count() == 2 && !inTransaction()) {
      session.database(Integer.parseInt(command.text(1)));
      return true;
    }
    if (FunctionReplay.concerns(command)) {
      String error = functions.execute(command);
      if (error != null) {
        LOG.warn("The primary's command on function libraries failed here: {}", error);
      }
      return true;
    }
    if (command.is(0, "CLUSTER") && command.count() >= 4 && command.is(1, "SETSLOT")) {
      return mark(command);
    }
    Engine mine = engine;
    if (mine == null) {
      mine = engines.apply(loop);
      engine = mine;
    }
    boolean ran = mine.execute(session, command);
    replies.position(0);
    return ran;
  }

  /**
   * The primary waits until we have the mark, on disk too: so nothing that comes after it may be
   * acknowledged before.
   */
  private boolean mark(Request setslot) {
    AtomicBoolean marked = slotMarked;
    if (marked == null) {
      AtomicBoolean done = new AtomicBoolean();
      slotMarked = done;
      slotMarks.apply(
          setslot,
          () -> {
            done.set(true);
            resume.run();
          });
      marked = done;
    }
    if (!marked.get()) {
      return false;
    }
    slotMarked = null;
    return true;
  }

  @Override
  public void batchEnd() {
    if (engine != null) {
      engine.batchEnd();
    }
  }

  @Override
  public boolean inTransaction() {
    Transaction transaction = session.get(Transaction.SLOT);
    return transaction != null && transaction.open();
  }

  @Override
  public int database() {
    return session.database();
  }

  @Override
  public void restart(int database) {
    slotMarked = null;
    Transaction transaction = session.get(Transaction.SLOT);
    if (transaction != null) {
      transaction.clear();
    }
    session.database(database);
  }

  /** A new link stands, between these addresses; its stream begins in this database. */
  void restart(int database, String from, String to) {
    end();
    peer = from;
    local = to;
    session = newSession();
    session.database(database);
    sessions.addUpstream(session);
  }

  /** The link is gone: a transaction that was begun is discarded. */
  void end() {
    restart(session.database());
    sessions.remove(session);
  }

  @Override
  public void closeNow() {
    killed.run();
  }

  @Override
  public void resume() {
    resume.run();
  }

  @Override
  public String peer() {
    return peer;
  }

  @Override
  public String local() {
    return local;
  }
}
