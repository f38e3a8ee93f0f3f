package io.hashslot.differential;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A connection to one of the two servers. */
final class Server implements AutoCloseable {
  private static final int PATIENCE_MS = 20_000;

  private final Socket socket;
  private final InputStream in;

  Server(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MS);
    in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
  }

  /**
   * Sends all requests at once and returns their replies.
   *
   * @throws IOException with the request whose reply did not come as it should
   */
  List<RawReply> run(List<Step> steps) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Step step : steps) {
      bytes.writeBytes(("*" + step.words().size() + "\r\n").getBytes(ISO_8859_1));
      for (String word : step.words()) {
        bytes.writeBytes(("$" + word.length() + "\r\n" + word + "\r\n").getBytes(ISO_8859_1));
      }
    }
    socket.getOutputStream().write(bytes.toByteArray());
    List<RawReply> replies = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      try {
        replies.add(RawReply.read(in));
      } catch (IOException e) {
        throw new IOException(
            "port %d, asked %s: %s".formatted(socket.getPort(), steps.get(i), e.getMessage()), e);
      }
    }
    return replies;
  }

  RawReply run(String... words) throws IOException {
    return run(List.of(new Step(words))).getFirst();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
