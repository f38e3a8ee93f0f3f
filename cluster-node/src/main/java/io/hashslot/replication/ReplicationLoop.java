package io.hashslot.replication;

import io.hashslot.session.Inbox;
import io.hashslot.session.Loop;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The thread of replication: decisions, timers, and the link to the primary with the one lane that
 * applies its commands. No client lives here, so it may wait for shards and for a file.
 */
final class ReplicationLoop implements Loop, AutoCloseable {
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("replication", true), NioIoHandler.newFactory());
  private final EventLoop loop = group.next();
  private final Inbox inbox = new Inbox(this);

  EventLoopGroup netty() {
    return group;
  }

  @Override
  public boolean isCurrent() {
    return loop.inEventLoop();
  }

  @Override
  public void execute(Runnable task) {
    loop.execute(task);
  }

  /** Runs a task, unless the loop has ended: then there is nobody left whom it could concern. */
  void executeIfOpen(Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException ended) {
      if (!loop.isShuttingDown()) {
        throw ended;
      }
    }
  }

  @Override
  public Timer schedule(Runnable task, long delayMs) {
    ScheduledFuture<?> future = loop.schedule(task, delayMs, TimeUnit.MILLISECONDS);
    return () -> future.cancel(false);
  }

  /** Runs a task again and again. */
  void every(Runnable task, long periodMs) {
    loop.scheduleAtFixedRate(task, periodMs, periodMs, TimeUnit.MILLISECONDS);
  }

  @Override
  public Inbox inbox() {
    return inbox;
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
  }
}
