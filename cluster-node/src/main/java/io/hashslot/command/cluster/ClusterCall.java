package io.hashslot.command.cluster;

import io.hashslot.bus.core.Answer;
import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.cluster.Cluster;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.session.Session;
import io.hashslot.session.Waiting;
import io.hashslot.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the subcommands share: the cluster, or the error that there is none; and the way to put a
 * question to the bus thread while the client waits and its loop, but for a moment, does not.
 *
 * <p>Inside EXEC the loop does wait, with the shards held, as a single-threaded server would: the
 * bus thread waits for no loop and no shard.
 */
final class ClusterCall {
  /** Long beyond what a sound disk needs to take a change. */
  private static final long PATIENCE_SECONDS = 10;

  private final @Nullable Cluster cluster;
  private final Clock clock;

  ClusterCall(@Nullable Cluster cluster, Clock clock) {
    this.cluster = cluster;
    this.clock = clock;
  }

  /** Returns the cluster. */
  Cluster cluster() {
    if (cluster == null) {
      throw CommandException.err("This instance has cluster support disabled");
    }
    return cluster;
  }

  private static final class Pending implements Waiting {
    @Override
    public void onTimeout(Session session) {
      throw new IllegalStateException("a question to the bus has no time limit");
    }

    @Override
    public boolean canBeUnblocked() {
      return false;
    }
  }

  /** Puts a request to the core; the client gets the answer as its reply. */
  void ask(Context ctx, ClusterRequest request) {
    Cluster here = cluster();
    ask(ctx, receiver -> here.request(request, receiver));
  }

  /** Asks something that is answered later; the client gets the answer as its reply. */
  void ask(Context ctx, Consumer<Consumer<Answer>> question) {
    later(ctx, question, ClusterCall::write);
  }

  /** Lets the client wait for something that another thread will tell. */
  <T> void later(Context ctx, Consumer<Consumer<T>> question, BiConsumer<ReplyWriter, T> writer) {
    if (ctx.inTransaction()) {
      writer.accept(ctx.reply(), awaited(question));
      return;
    }
    Awaited<T> awaited = new Awaited<>();
    question.accept(awaited::answer);
    Session session = ctx.session();
    Pending pending = new Pending();
    T soon =
        awaited.lookOut(
            clock,
            answer ->
                session
                    .loop()
                    .execute(
                        () -> session.wake(pending, () -> writer.accept(session.reply(), answer))));
    if (soon == null) {
      // Whoever wakes it does so on this loop, after this.
      session.await(pending, 0);
    } else {
      writer.accept(ctx.reply(), soon);
    }
  }

  private static <T> T awaited(Consumer<Consumer<T>> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    question.accept(answer::complete);
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException _) {
      throw CommandException.err(
          "The cluster bus does not answer; what was asked for may still happen");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw CommandException.err("The server is being stopped");
    }
  }

  private static void write(ReplyWriter reply, Answer answer) {
    switch (answer) {
      case Answer.Ok _ -> reply.ok();
      case Answer.Simple(String text) -> reply.simple(text);
      case Answer.Number(long value) -> reply.integer(value);
      case Answer.Failure(String text) -> reply.error(text);
    }
  }
}
