package io.hashslot.dispatch;

import static java.util.Objects.requireNonNull;

import io.hashslot.command.CommandFlag;
import io.hashslot.command.CommandSpec;
import io.hashslot.keyspace.Shards;
import io.hashslot.resp.NativeOutput;
import io.hashslot.resp.OutputTooLargeException;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.resp.Request;
import io.hashslot.session.Session;
import io.hashslot.session.Waiting;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where commands run that may take long: one worker that may wait for locks, in ascending order.
 * The client waits, its loop does not. Work of the node itself that needs all shards runs here too.
 */
public final class SlowLane implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SlowLane.class);

  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("slow-lane").daemon().factory());
  private @Nullable Environment environment;
  private @Nullable Caller caller;

  /** Gives the lane what it works with; before the first {@code submit}. */
  public void open(Environment shared) {
    environment = shared;
    caller = new Caller(shared, new NoClient(NoClient.NO_LOOP).session(), null);
  }

  /** The client waits for the worker. */
  private static final class Pending implements Waiting {
    @Override
    public void onTimeout(Session session) {
      throw new IllegalStateException("the slow lane has no time limit");
    }

    @Override
    public boolean canBeUnblocked() {
      return false;
    }
  }

  /** Runs a command on the worker; the session waits for its reply. */
  void submit(Session session, CommandSpec command, Request request) {
    Request copy = new Request();
    copy.copyFrom(request);
    Pending pending = new Pending();
    session.await(pending, 0);
    worker.execute(() -> run(session, command, copy, pending));
  }

  private void run(Session session, CommandSpec command, Request request, Pending pending) {
    NativeOutput out = new NativeOutput(1024);
    ReplyWriter reply = ReplyWriter.like(session.reply(), out);
    boolean complete = false;
    boolean held = false;
    // Read before: if the leadership changes meanwhile, the reply is not believed.
    long era = requireNonNull(environment).state().gate().era();
    try {
      held = !execute(session, command, request, reply);
      complete = true;
    } catch (OutputTooLargeException problem) {
      LOG.warn("Client id={} closed: {}", session.id(), problem.getMessage());
    } finally {
      if (held) {
        out.release();
        runOnceReleased(session, command, request, pending);
      } else {
        boolean whole = complete;
        session
            .loop()
            .execute(
                () -> {
                  session.told().of(era);
                  answer(session, command, request, pending, out, whole);
                });
      }
    }
  }

  private static void answer(
      Session session,
      CommandSpec command,
      Request request,
      Pending pending,
      NativeOutput out,
      boolean whole) {
    if (!whole) {
      session.link().closeNow();
    }
    session.wake(pending, () -> session.reply().output().put(out.address(), out.position()));
    Dispatcher.endOfCommand(session, command);
    out.release();
    request.release();
  }

  /** It writes to slots that are about to change hands: others go on meanwhile. */
  private void runOnceReleased(
      Session session, CommandSpec command, Request request, Pending pending) {
    requireNonNull(environment)
        .state()
        .slotHold()
        .whenReleased(() -> worker.execute(() -> run(session, command, request, pending)));
  }

  /** Returns false, and does nothing, if the command has to wait for slots. */
  private boolean execute(
      Session session, CommandSpec command, Request request, ReplyWriter reply) {
    Environment shared = requireNonNull(environment);
    Caller mine = requireNonNull(caller);
    Shards shards = shared.keyspace().shards();
    mine.keys().begin(session.database(), mine.expiryMode(session));
    Planner planner = new Planner(mine.keys(), shared.slotGate() != null);
    planner.plan(command, request);
    long plan = command.has(CommandFlag.ALL_SHARDS) ? shards.all() : planner.mask();
    plan = enter(shared, plan);
    try {
      if (shared.state().slotHold().covers(command.flagBits(), planner)) {
        return false;
      }
      // Read now: the command may have waited long, for the worker and for the shards.
      long nowMs = shared.clock().wallMs();
      String moved = planner.refuseInside(shared.slotGate(), session, command, request, nowMs);
      if (moved == null) {
        mine.run(session, command, request, reply, plan, nowMs, shared.clock().monotonicNs());
      } else {
        mine.statistics().refused(command.index());
        shared.statistics().error(moved);
        reply.error(moved);
      }
    } finally {
      shards.leave(plan);
    }
    shared.journal().signal();
    return true;
  }

  /** Enters the shards of a plan, and those that serving clients who wait there may need. */
  private static long enter(Environment shared, long plan) {
    Shards shards = shared.keyspace().shards();
    long wider = plan;
    while (true) {
      shards.enterSlow(wider);
      long needed = shared.waiters().widened(wider);
      if (needed == wider) {
        return wider;
      }
      shards.leave(wider);
      wider = needed;
    }
  }

  /** Runs work on the worker, after what was submitted before. */
  public void execute(Runnable work) {
    worker.execute(work);
  }

  /** Runs work on the worker under the locks of all shards. */
  public void underAllLocks(Runnable work) {
    worker.execute(
        () -> {
          Shards shards = requireNonNull(environment).keyspace().shards();
          shards.enterSlow(shards.all());
          try {
            work.run();
          } finally {
            shards.leave(shards.all());
          }
        });
  }

  /** Lets the worker finish what it has begun, for a moment, and stops it. */
  @Override
  public void close() {
    worker.shutdown();
    try {
      if (!worker.awaitTermination(2, TimeUnit.SECONDS)) {
        worker.shutdownNow();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    if (caller != null) {
      caller.close();
    }
  }
}
