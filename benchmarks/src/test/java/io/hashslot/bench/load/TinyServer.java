package io.hashslot.bench.load;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** GET, SET and PING over blocking sockets; on request with wrong replies. */
final class TinyServer implements AutoCloseable {

  private final Map<String, String> data = new ConcurrentHashMap<>();
  private final ServerSocket listener;
  private volatile boolean lying;

  TinyServer() {
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  void start() {
    Thread.ofVirtual()
        .start(
            () -> {
              while (!listener.isClosed()) {
                try {
                  Socket socket = listener.accept();
                  Thread.ofPlatform().daemon().start(() -> serve(socket));
                } catch (IOException _) {
                  return;
                }
              }
            });
  }

  int port() {
    return listener.getLocalPort();
  }

  int keys() {
    return data.size();
  }

  void lie() {
    lying = true;
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = new BufferedOutputStream(socket.getOutputStream());
      for (String line; !(line = line(in)).isEmpty(); ) {
        String[] request = new String[Integer.parseInt(line.substring(1))];
        for (int i = 0; i < request.length; i++) {
          int length = Integer.parseInt(line(in).substring(1));
          request[i] = new String(in.readNBytes(length), StandardCharsets.US_ASCII);
          in.readNBytes(2);
        }
        out.write(reply(request).getBytes(StandardCharsets.US_ASCII));
        if (in.available() == 0) {
          out.flush();
        }
      }
    } catch (IOException _) {
      // The client has gone.
    }
  }

  private String reply(String[] request) {
    if (lying) {
      return request[0].equals("GET") ? "$16\r\nnot what was set\r\n" : "-ERR lying\r\n";
    }
    return switch (request[0]) {
      case "SET" -> {
        data.put(request[1], request[2]);
        yield "+OK\r\n";
      }
      case "GET" -> {
        String value = data.get(request[1]);
        yield value == null ? "$-1\r\n" : "$" + value.length() + "\r\n" + value + "\r\n";
      }
      default -> "+PONG\r\n";
    };
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c; (c = in.read()) >= 0 && c != '\n'; ) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
