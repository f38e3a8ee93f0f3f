package io.hashslot.net;

import io.hashslot.session.Inbox;
import io.hashslot.session.Loop;
import io.hashslot.session.ReplyGate;
import io.hashslot.time.Clock;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** An event loop of Netty as sessions see it. */
final class NettyLoop implements Loop {
  private final EventLoop loop;
  private final Inbox inbox = new Inbox(this);
  private final HeldReplies heldReplies;
  private final Clock clock;
  private long clientTurns;

  NettyLoop(EventLoop loop, ReplyGate gate, Clock clock) {
    this.loop = loop;
    this.clock = clock;
    heldReplies = new HeldReplies(gate, this, clock);
  }

  HeldReplies heldReplies() {
    return heldReplies;
  }

  EventLoop netty() {
    return loop;
  }

  @Override
  public boolean isCurrent() {
    return loop.inEventLoop();
  }

  @Override
  public void execute(Runnable task) {
    loop.execute(task);
  }

  /** Runs a task once what has come in on the loop's sockets meanwhile was looked at. */
  void afterOthers(Runnable task) {
    afterOthers(task, 0);
  }

  /** The same, after some time. */
  void afterOthers(Runnable task, long delayNs) {
    // Netty runs all plain tasks, and those that they add, before it turns to the sockets.
    ScheduledFuture<?> _ = loop.schedule(task, delayNs, TimeUnit.NANOSECONDS);
  }

  /** The present time, in nanoseconds of a monotonic clock. */
  long nowNs() {
    return clock.monotonicNs();
  }

  /** A client has its turn. */
  void countClientTurn() {
    clientTurns++;
  }

  /** How many turns clients have had. */
  long clientTurns() {
    return clientTurns;
  }

  @Override
  public Timer schedule(Runnable task, long delayMs) {
    ScheduledFuture<?> future = loop.schedule(task, delayMs, TimeUnit.MILLISECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public Inbox inbox() {
    return inbox;
  }
}
