package io.hashslot.differential;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A connection to one of the two servers. */
final class Server implements AutoCloseable {
  private static final int PATIENCE_MS = 60_000;

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
    socket.getOutputStream().write(bytes(steps));
    return replies(steps);
  }

  /** The same, but they are sent in pieces of random size, each on its own. */
  List<RawReply> run(List<Step> steps, Random random) throws IOException {
    byte[] bytes = bytes(steps);
    for (int from = 0; from < bytes.length; ) {
      int most = random.nextInt(8) == 0 ? 2000 : 60;
      int length = Math.min(bytes.length - from, 1 + random.nextInt(most));
      socket.getOutputStream().write(bytes, from, length);
      from += length;
    }
    return replies(steps);
  }

  private List<RawReply> replies(List<Step> steps) throws IOException {
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

  /** Sends one request; {@link #read} has its reply once it comes. */
  void send(String... words) throws IOException {
    socket.getOutputStream().write(bytes(new Step(words)));
  }

  /** Returns the next reply. */
  RawReply read() throws IOException {
    return RawReply.read(in);
  }

  RawReply run(String... words) throws IOException {
    return run(List.of(new Step(words))).getFirst();
  }

  private static byte[] bytes(List<Step> steps) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Step step : steps) {
      bytes.writeBytes(bytes(step));
    }
    return bytes.toByteArray();
  }

  private static byte[] bytes(Step step) {
    StringBuilder text = new StringBuilder("*" + step.words().size() + "\r\n");
    for (String word : step.words()) {
      text.append("$" + word.length() + "\r\n" + word + "\r\n");
    }
    return text.toString().getBytes(ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
