package io.hashslot.replication;

import io.hashslot.dispatch.Transaction;
import io.hashslot.resp.NativeOutput;
import io.hashslot.resp.Request;
import io.hashslot.session.Engine;
import io.hashslot.session.Loop;
import io.hashslot.session.Session;
import io.hashslot.session.SilentLink;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Applies the primary's commands through the ordinary way of requests, as a session that is marked
 * as the primary's: no gates, no replies.
 */
final class StreamApplier extends SilentLink implements Applier {
  private final Function<Loop, Engine> engines;
  private final Loop loop;
  private final Runnable resume;
  private final NativeOutput replies = new NativeOutput(1024);
  private final Session session;
  private @Nullable Engine engine;

  /**
   * @param engines makes what executes commands on a loop; asked once, with the first command
   * @param resume runs when a command that had to wait may go on
   */
  StreamApplier(
      Function<Loop, Engine> engines, Loop loop, long sessionId, Runnable resume, long nowMs) {
    this.engines = engines;
    this.loop = loop;
    this.resume = resume;
    session = new Session(sessionId, this, loop, replies, nowMs);
    session.primaryLink(true);
    session.authenticate("default");
  }

  @Override
  public boolean apply(Request command) {
    if (command.is(0, "SELECT") && command.count() == 2 && !inTransaction()) {
      session.database(Integer.parseInt(command.text(1)));
      return true;
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
    Transaction transaction = session.get(Transaction.SLOT);
    if (transaction != null) {
      transaction.clear();
    }
    session.database(database);
  }

  @Override
  public void resume() {
    resume.run();
  }

  @Override
  public String peer() {
    return "primary";
  }
}
