package io.hashslot.resp.client;

import io.hashslot.resp.Reply;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose replies are futures: any thread may submit commands, a virtual thread of the
 * connection's own waits for the replies and completes the futures in the order of the commands. A
 * command that blocks at the server does not hold up its sender, only the replies behind it.
 *
 * <p>When the connection is lost, by error, end of stream or {@link #close}, every open future
 * fails with the same exception, and so do all later ones. Callbacks run on the reading thread:
 * they must not wait for another reply of this connection.
 */
public final class AsyncConnection implements Closeable {
  private final RespConnection connection;
  private final Consumer<Reply.Push> pushListener;

  /**
   * Guards the order: a future is queued in the same moment its command takes its place in the
   * stream.
   */
  private final ReentrantLock lock = new ReentrantLock();

  private final Queue<CompletableFuture<Reply>> waiting = new ArrayDeque<>();
  private final CompletableFuture<Void> lost = new CompletableFuture<>();

  private AsyncConnection(RespConnection connection, Consumer<Reply.Push> pushListener) {
    this.connection = connection;
    this.pushListener = pushListener;
  }

  /**
   * Connects and introduces itself; this much waits.
   *
   * @param pushListener hears of messages that are no replies
   * @throws RefusedException if the server refuses the user or the protocol
   * @throws IOException if there is no connection
   */
  public static AsyncConnection open(
      Endpoint endpoint, ConnectOptions options, Consumer<Reply.Push> pushListener)
      throws IOException {
    RespConnection connection = RespConnection.open(endpoint, options);
    try {
      // The reader waits for ever: silence is only wrong while somebody waits, which is the
      // caller's to judge.
      connection.setReadTimeoutMs(0);
    } catch (IOException e) {
      connection.close();
      throw e;
    }
    var async = new AsyncConnection(connection, pushListener);
    Thread.ofVirtual().name("resp-reader-" + endpoint).start(async::read);
    return async;
  }

  /**
   * Sends a command; the future gets its reply, which may be an error, or fails if the connection
   * is lost first.
   */
  public CompletableFuture<Reply> submit(Command command) {
    return submitAll(List.of(command)).getFirst();
  }

  /** Sends commands in one go, with nobody else's between them. */
  public List<CompletableFuture<Reply>> submitAll(List<Command> commands) {
    List<CompletableFuture<Reply>> futures =
        commands.stream().map(_ -> new CompletableFuture<Reply>()).toList();
    IOException failure = null;
    lock.lock();
    try {
      waiting.addAll(futures);
      if (lost.isDone()) {
        failure = new ServerClosedException();
      } else {
        commands.forEach(connection::send);
        connection.flush();
      }
    } catch (IOException e) {
      failure = e;
    } finally {
      lock.unlock();
    }
    if (failure != null) {
      fail(failure);
    }
    return futures;
  }

  /** Completes, exceptionally with the reason, when the connection is lost. */
  public CompletableFuture<Void> lost() {
    return lost.copy();
  }

  private void read() {
    try {
      while (true) {
        Reply reply = connection.readNext();
        if (reply.plain() instanceof Reply.Push push) {
          pushListener.accept(push);
          continue;
        }
        CompletableFuture<Reply> first = next();
        if (first == null) {
          throw new IOException("a reply came that nobody had asked for: " + reply.asText());
        }
        first.complete(reply);
      }
    } catch (IOException e) {
      fail(e);
    } catch (RuntimeException e) {
      fail(new IOException("a listener failed", e));
    }
  }

  private @Nullable CompletableFuture<Reply> next() {
    lock.lock();
    try {
      return waiting.poll();
    } finally {
      lock.unlock();
    }
  }

  private void fail(IOException reason) {
    connection.close();
    lost.completeExceptionally(reason);
    for (CompletableFuture<Reply> open = next(); open != null; open = next()) {
      open.completeExceptionally(reason);
    }
  }

  /** Ends the connection; open futures fail. */
  @Override
  public void close() {
    fail(new IOException("connection closed by this side"));
  }
}
