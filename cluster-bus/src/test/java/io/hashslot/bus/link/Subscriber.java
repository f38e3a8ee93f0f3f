package io.hashslot.bus.link;

import io.hashslot.resp.Reply;
import io.hashslot.resp.client.Command;
import io.hashslot.resp.client.ConnectOptions;
import io.hashslot.resp.client.Endpoint;
import io.hashslot.resp.client.RespConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A client of a real server that listens to one channel. */
final class Subscriber implements AutoCloseable {
  private final RespConnection connection;

  Subscriber(int port, String channel) throws IOException {
    connection =
        RespConnection.open(
            new Endpoint("127.0.0.1", port), ConnectOptions.PLAIN.withTimeoutsMs(20_000, 60_000));
    connection.send(Command.of("SUBSCRIBE", channel));
    connection.flush();
    connection.receiveAny();
  }

  String nextMessage() throws IOException {
    Reply.Array message = (Reply.Array) connection.receiveAny();
    return new String(((Reply.Bulk) message.items().get(2)).bytes(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    connection.close();
  }
}
