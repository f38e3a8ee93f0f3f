package io.hashslot.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A client that sends any bytes at all, and shows what comes back; a character for each byte. */
public final class RawClient implements AutoCloseable {
  private static final int PATIENCE_MS = 60_000;
  private static final String END = "~~the-end~~";

  private final AutoCloseable connection;
  private final InputStream in;
  private final OutputStream out;

  private RawClient(AutoCloseable connection, InputStream in, OutputStream out) {
    this.connection = connection;
    this.in = new BufferedInputStream(in, 1 << 16);
    this.out = out;
  }

  /** Connects to a port of this machine. */
  public static RawClient tcp(int port) throws IOException {
    return tcp(port, 0);
  }

  /** Connects with a receive buffer of the given size, bytes; 0 for the system's choice. */
  public static RawClient tcp(int port, int receiveBuffer) throws IOException {
    Socket socket = new Socket();
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MS);
    socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MS);
    return new RawClient(socket, socket.getInputStream(), socket.getOutputStream());
  }

  /** Connects to a unix socket. */
  public static RawClient unix(Path path) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(path));
    return new RawClient(
        channel, Channels.newInputStream(channel), Channels.newOutputStream(channel));
  }

  /** Returns the bytes of a request, as text. */
  public static String request(String... words) {
    StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    return text.toString();
  }

  /** Sends bytes. */
  public RawClient send(String bytes) throws IOException {
    out.write(bytes.getBytes(ISO_8859_1));
    return this;
  }

  /** Sends bytes; nothing is wrong if the server has had enough before. */
  public RawClient offer(String bytes) throws IOException {
    try {
      return send(bytes);
    } catch (IOException closed) {
      return this;
    }
  }

  /** Runs a command and returns its reply: a line, or the body of a bulk string. */
  public String run(String... words) throws IOException {
    send(request(words));
    return reply();
  }

  /** Returns a field of a section of INFO, empty if there is none. */
  public String info(String section, String field) throws IOException {
    return run("INFO", section)
        .lines()
        .filter(line -> line.startsWith(field + ":"))
        .map(line -> line.substring(field.length() + 1).trim())
        .findFirst()
        .orElse("");
  }

  /** Reads one reply that is no aggregate: a line with its type, or the body of a bulk string. */
  public String reply() throws IOException {
    String line = line();
    if (line.startsWith("$") && !line.equals("$-1")) {
      String body = read(Integer.parseInt(line.substring(1)));
      line();
      return body;
    }
    return line;
  }

  /** Reads one line, without its end. */
  public String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the server closed the connection after: " + line);
      }
      line.append((char) b);
    }
    line.setLength(line.length() - 1);
    return line.toString();
  }

  /** Reads so many bytes. */
  public String read(int bytes) throws IOException {
    byte[] read = in.readNBytes(bytes);
    if (read.length < bytes) {
      throw new EOFException("closed after " + read.length + " bytes of " + bytes);
    }
    return new String(read, ISO_8859_1);
  }

  /** Reads until the server closes the connection, orderly or not. */
  public String readToEnd() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      in.transferTo(all);
    } catch (SocketTimeoutException silence) {
      throw silence;
    } catch (IOException reset) {
      // Closing with input that nobody has read resets the connection.
    }
    return all.toString(ISO_8859_1);
  }

  /**
   * Sends bytes and then something that is answered in a known way; returns what came before that
   * answer, or all until the connection was closed, marked as such.
   */
  public String exchange(String bytes) throws IOException {
    offer(bytes);
    offer(request("ECHO", END));
    String end = "$" + END.length() + "\r\n" + END + "\r\n";
    StringBuilder all = new StringBuilder();
    try {
      for (int b = in.read(); b >= 0; b = in.read()) {
        all.append((char) b);
        if (b == '\n'
            && all.length() >= end.length()
            && all.lastIndexOf(end) == all.length() - end.length()) {
          return all.substring(0, all.length() - end.length());
        }
      }
    } catch (SocketTimeoutException silence) {
      throw silence;
    } catch (IOException reset) {
      // As in readToEnd.
    }
    return all + "<closed>";
  }

  /** Ends the own side of the connection. */
  public void endInput() throws IOException {
    if (connection instanceof Socket socket) {
      socket.shutdownOutput();
    } else if (connection instanceof SocketChannel channel) {
      channel.shutdownOutput();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (IOException problem) {
      throw problem;
    } catch (Exception problem) {
      throw new IOException(problem);
    }
  }
}
