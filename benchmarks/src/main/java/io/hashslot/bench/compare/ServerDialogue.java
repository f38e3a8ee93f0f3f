package io.hashslot.bench.compare;

import io.hashslot.bench.load.LoadFailure;
import io.hashslot.resp.Reply;
import io.hashslot.resp.client.ConnectOptions;
import io.hashslot.resp.client.Endpoint;
import io.hashslot.resp.client.RespConnection;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A connection to a server for orders and questions, beside the load. For one thread. */
final class ServerDialogue implements AutoCloseable {

  private static final int READ_LIMIT_MS = 60_000;

  private final String name;
  private final RespConnection connection;
  private final Clock clock;

  private ServerDialogue(String name, RespConnection connection, Clock clock) {
    this.name = name;
    this.connection = connection;
    this.clock = clock;
  }

  /** Connects. */
  static ServerDialogue open(String name, Endpoint endpoint, Clock clock) throws IOException {
    ConnectOptions options = ConnectOptions.PLAIN.withTimeoutsMs(READ_LIMIT_MS, READ_LIMIT_MS);
    return new ServerDialogue(name, RespConnection.open(endpoint, options), clock);
  }

  /**
   * Sends a command.
   *
   * @throws LoadFailure if the answer is an error
   */
  Reply call(String... words) throws IOException {
    Reply reply = connection.call(words);
    if (reply.isFailure()) {
      throw new LoadFailure(name + ", " + String.join(" ", words) + ": " + reply.asText());
    }
    return reply;
  }

  /** Sends a command that is answered by a number. */
  long number(String... words) throws IOException {
    return Long.parseLong(call(words).asText());
  }

  /** Asks for a section of INFO. */
  InfoText info(String section) throws IOException {
    return InfoText.parse(call("INFO", section).asText());
  }

  /**
   * Asks for a section of INFO again and again until it is as wanted.
   *
   * @return milliseconds that took
   * @throws LoadFailure if it has not come to that within {@code limitS} seconds
   */
  double await(String section, String what, int everyMs, int limitS, Predicate<InfoText> wanted)
      throws IOException, InterruptedException {
    long fromNs = clock.monotonicNs();
    while (!wanted.test(info(section))) {
      if (clock.monotonicNs() - fromNs > limitS * 1_000_000_000L) {
        throw new LoadFailure(name + ": waited " + limitS + " s in vain until " + what);
      }
      TimeUnit.MILLISECONDS.sleep(everyMs);
    }
    return (clock.monotonicNs() - fromNs) / 1e6;
  }

  @Override
  public void close() {
    connection.close();
  }
}
