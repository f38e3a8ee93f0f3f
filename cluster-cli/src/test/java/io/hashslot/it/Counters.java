package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.resp.Reply;
import io.hashslot.resp.client.Command;
import io.hashslot.resp.client.ConnectOptions;
import io.hashslot.resp.client.Endpoint;
import io.hashslot.resp.client.RespConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A client that counts keys up, one after the other, and follows redirections by itself: it knows
 * of each key how often INCR was acknowledged, and how often it may have been executed. A write
 * that was lost shows as too small a number, one that was executed twice as too large a one.
 */
final class Counters implements Runnable, AutoCloseable {
  private static final ConnectOptions OPTIONS =
      Reach.ASKED_FOR.ofClient().withTimeoutsMs(2_000, 20_000);
  private static final long RETRY_NS = Duration.ofMillis(20).toNanos();

  private final List<ServerProcess> nodes;
  private final List<String> keys;
  private final long[] acknowledged;
  private final long[] possible;
  private final Map<Integer, RespConnection> connections = new HashMap<>();
  private final Thread thread = Thread.ofPlatform().daemon().unstarted(this);
  private volatile boolean stop;
  private volatile long sum;
  private volatile @Nullable Throwable fault;

  /** All nodes have this one. */
  private final String host;

  private int port;

  /** Begins to count these keys, all of one slot or of slots that one node owns. */
  Counters(List<ServerProcess> nodes, List<String> keys) {
    this.nodes = nodes;
    this.keys = keys;
    acknowledged = new long[keys.size()];
    possible = new long[keys.size()];
    host = nodes.getFirst().endpoint().host();
    port = nodes.getFirst().port();
    thread.start();
  }

  /** How many writes were acknowledged. */
  long sum() {
    return sum;
  }

  @Override
  public void run() {
    try {
      for (int i = 0; !stop; i = (i + 1) % keys.size()) {
        count(i);
      }
    } catch (RuntimeException | AssertionError e) {
      fault = e;
    } finally {
      connections.values().forEach(RespConnection::close);
    }
  }

  private void count(int i) {
    boolean decided = false;
    while (!decided && !stop) {
      try {
        Reply reply = connection().call(Command.of("INCR", keys.get(i)));
        if (!reply.isFailure()) {
          acknowledged[i]++;
          possible[i]++;
          sum++;
          decided = true;
        } else {
          refused(reply.asText());
        }
      } catch (IOException e) {
        // It may have been executed, and nobody could tell.
        possible[i]++;
        decided = true;
        elsewhere();
      }
    }
  }

  private void refused(String error) {
    if (error.startsWith("MOVED ")) {
      port = Integer.parseInt(error.substring(error.lastIndexOf(':') + 1));
      return;
    }
    assertThat(error).as("what is refused on the way").matches("(CLUSTERDOWN|LOADING|READONLY).*");
    LockSupport.parkNanos(RETRY_NS);
  }

  private void elsewhere() {
    RespConnection broken = connections.remove(port);
    if (broken != null) {
      broken.close();
    }
    int next = 0;
    for (int n = 0; n < nodes.size(); n++) {
      next = nodes.get(n).port() == port ? (n + 1) % nodes.size() : next;
    }
    port = nodes.get(next).port();
    LockSupport.parkNanos(RETRY_NS);
  }

  private RespConnection connection() throws IOException {
    RespConnection known = connections.get(port);
    if (known == null) {
      known = RespConnection.open(new Endpoint(host, port), OPTIONS);
      connections.put(port, known);
    }
    return known;
  }

  /** Ends the counting. */
  @Override
  public void close() throws InterruptedException {
    stop = true;
    thread.join(ServerProcess.PATIENCE.toMillis());
    assertThat(thread.isAlive()).as("the writer has ended").isFalse();
    if (fault != null) {
      throw new AssertionError("the writer has failed", fault);
    }
  }

  /** Reads all keys from the nodes that have them; after {@link #close}. */
  void check(TestCluster cluster) throws IOException {
    try (var client = cluster.client()) {
      for (int i = 0; i < keys.size(); i++) {
        String key = keys.get(i);
        Reply reply = client.call(Command.of("GET", key));
        long value = reply == Reply.Nil.BULK ? 0 : Long.parseLong(reply.asText());
        assertThat(value).as(key).isBetween(acknowledged[i], possible[i]);
      }
    }
  }
}
