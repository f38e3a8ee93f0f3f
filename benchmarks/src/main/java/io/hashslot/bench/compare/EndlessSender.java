package io.hashslot.bench.compare;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that sends SET as fast as the server takes it, and never looks at what it answers. */
final class EndlessSender implements AutoCloseable {
  private static final int CONNECT_LIMIT_MS = 5_000;
  private static final int KEYS = 20_000;
  private static final int BUFFER_BYTES = 1 << 20;

  private final Socket socket;

  private EndlessSender(Socket socket) {
    this.socket = socket;
  }

  /** Connects to a port of this machine, and begins. */
  static EndlessSender start(int port) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress("127.0.0.1", port), CONNECT_LIMIT_MS);
    EndlessSender sender = new EndlessSender(socket);
    Thread.ofPlatform().name("sender").daemon().start(sender::send);
    Thread.ofPlatform().name("sender-replies").daemon().start(sender::dropReplies);
    return sender;
  }

  private static byte[] requests() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < KEYS; i++) {
      text.append("*3\r\n$3\r\nSET\r\n$9\r\nkey:%05d\r\n$10\r\n0123456789\r\n".formatted(i));
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private void send() {
    byte[] requests = requests();
    try {
      OutputStream out = socket.getOutputStream();
      while (!socket.isClosed()) {
        out.write(requests);
      }
    } catch (IOException _) {
      // Closed: it has done its work.
    }
  }

  private void dropReplies() {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      InputStream in = socket.getInputStream();
      while (in.read(buffer) >= 0) {
        // They do not matter.
      }
    } catch (IOException _) {
      // Closed, as above.
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
