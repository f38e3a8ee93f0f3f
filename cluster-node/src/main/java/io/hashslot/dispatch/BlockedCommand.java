package io.hashslot.dispatch;

import io.hashslot.blocking.WaitedKey;
import io.hashslot.blocking.Waiter;
import io.hashslot.blocking.Waiters;
import io.hashslot.command.Body;
import io.hashslot.command.CommandSpec;
import io.hashslot.command.WaitCondition;
import io.hashslot.resp.Request;
import io.hashslot.session.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command that waits, with its own copy of the request: the buffer that it came in is not held.
 * Whoever ends the waiting frees the copy.
 */
final class BlockedCommand extends Waiter {
  private final CommandSpec command;
  private final Request request = new Request();
  private final WaitCondition condition;
  private final @Nullable Body again;
  private final Home home;
  private long tookNs;

  /** What the loop of the client does for it. */
  interface Home {
    /** Looks at a key again, under the lock of its shard, soon; any thread. */
    void lookAgain(WaitedKey key);

    /** The time is up, or somebody has unblocked the client; on its loop. */
    void gaveUp(BlockedCommand blocked, boolean withError);
  }

  BlockedCommand(
      Waiters register,
      Session session,
      CommandSpec command,
      Request request,
      List<WaitedKey> keys,
      long targets,
      WaitCondition condition,
      @Nullable Body again,
      Home home) {
    super(register, session, keys, targets, condition.endsWithKey());
    this.command = command;
    this.request.copyFrom(request);
    this.condition = condition;
    this.again = again;
    this.home = home;
  }

  CommandSpec command() {
    return command;
  }

  Request request() {
    return request;
  }

  WaitCondition condition() {
    return condition;
  }

  /** Returns what is run when the condition holds. */
  @Nullable Body body() {
    return again == null ? command.body() : again;
  }

  /** Returns the time that the first run took, nanoseconds. */
  long tookNs() {
    return tookNs;
  }

  void tookNs(long ns) {
    tookNs = ns;
  }

  @Override
  public void lookAgain(WaitedKey key) {
    home.lookAgain(key);
  }

  @Override
  public void onTimeout(Session session) {
    session.reply().nilArray();
    home.gaveUp(this, false);
  }

  @Override
  public void onUnblocked(Session session, String error) {
    session.reply().error(error);
    home.gaveUp(this, true);
  }

  @Override
  protected void abandoned() {
    request.release();
  }
}
