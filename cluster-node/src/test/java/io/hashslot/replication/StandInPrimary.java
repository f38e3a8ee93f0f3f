package io.hashslot.replication;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Plays a primary as far as it is told, and stays there: so that each state can be looked at. */
final class StandInPrimary implements AutoCloseable {
  /** How far it goes with whoever connects. */
  enum Stage {
    /** Answers nothing at all. */
    SILENT,
    /** Answers everything, and sends half of a snapshot. */
    HALF_A_SNAPSHOT,
    /** Sends an empty snapshot and then its stream. */
    STREAM
  }

  static final String HISTORY = "0123456789abcdef".repeat(3).substring(0, 40);
  static final long OFFSET = 1000;
  private static final byte[] EMPTY = new byte[18];

  static {
    byte[] head = "REDIS0010".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(head, 0, EMPTY, 0, head.length);
    EMPTY[9] = (byte) 0xff; // the end; behind it eight zeros, which stand for no checksum
  }

  private final ServerSocket server;
  private final Stage stage;
  private final Thread accepting;
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  StandInPrimary(Stage stage) throws IOException {
    this.stage = stage;
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    accepting = Thread.ofPlatform().daemon().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** How many connections it ever had. */
  int connections() {
    return open.size();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofPlatform().daemon().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // the end
    }
  }

  private void serve(Socket socket) {
    try {
      var in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      OutputStream out = socket.getOutputStream();
      String line;
      while ((line = in.readLine()) != null) {
        if (stage == Stage.SILENT || !line.startsWith("*")) {
          continue;
        }
        int words = Integer.parseInt(line.substring(1));
        List<String> command = new ArrayList<>();
        for (int i = 0; i < words; i++) {
          in.readLine();
          command.add(in.readLine());
        }
        if (!command.contains("ACK")) {
          answer(command.getFirst(), out);
        }
      }
    } catch (IOException closed) {
      // the end
    }
  }

  private void answer(String command, OutputStream out) throws IOException {
    switch (command) {
      case "PING" -> say(out, "+PONG\r\n");
      case "PSYNC" -> {
        say(out, "+FULLRESYNC " + HISTORY + " " + OFFSET + "\r\n");
        if (stage == Stage.HALF_A_SNAPSHOT) {
          say(out, "$1000\r\n" + "x".repeat(250));
        } else {
          say(out, "$" + EMPTY.length + "\r\n");
          out.write(EMPTY);
          say(out, "*1\r\n$4\r\nPING\r\n");
        }
      }
      default -> say(out, "+OK\r\n");
    }
  }

  private static void say(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public void close() throws IOException {
    server.close();
    try {
      // Until then somebody may still get in.
      accepting.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Socket socket : open) {
      socket.close();
    }
  }
}
