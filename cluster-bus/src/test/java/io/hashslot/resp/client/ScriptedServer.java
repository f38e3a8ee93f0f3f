package io.hashslot.resp.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.hashslot.resp.Reply;
import io.hashslot.resp.ReplyReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A server that answers each command with the wire text a function gives for it; an empty text ends
 * the connection.
 */
final class ScriptedServer implements AutoCloseable {
  final List<String> received = new CopyOnWriteArrayList<>();
  private final ServerSocket listener;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  ScriptedServer(Function<String, String> script) throws IOException {
    listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> accept(script));
  }

  Endpoint endpoint() {
    return new Endpoint("127.0.0.1", listener.getLocalPort());
  }

  private void accept(Function<String, String> script) {
    try {
      while (true) {
        Socket socket = listener.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket, script));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket socket, Function<String, String> script) {
    var reader = new ReplyReader();
    var bytes = new byte[4096];
    try (socket) {
      for (int count = socket.getInputStream().read(bytes);
          count > 0;
          count = socket.getInputStream().read(bytes)) {
        ByteBuffer in = ByteBuffer.wrap(bytes, 0, count);
        for (Reply reply = reader.read(in); reply != null; reply = reader.read(in)) {
          String command =
              reply.asItems().stream().map(Reply::asText).collect(Collectors.joining(" "));
          received.add(command);
          String answer = script.apply(command);
          if (answer.isEmpty()) {
            return;
          }
          socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
        }
      }
    } catch (IOException closed) {
      // The client has gone.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
