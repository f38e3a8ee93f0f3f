package io.hashslot.resp.client;

import io.hashslot.resp.Reply;
import io.hashslot.resp.ReplyReader;
import io.hashslot.tls.TlsContext;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a server. Commands are gathered by {@link #send} and leave with {@link #flush}
 * or the next wait for a reply; replies come in the order of the commands. Messages the server
 * pushes by itself (RESP3) go to a listener. Not for several threads at once, except that {@link
 * #close} may end a wait from elsewhere.
 */
public final class RespConnection implements Closeable {
  private static final int BUFFER_BYTES = 32 << 10;

  private final Wire wire;
  private final ReplyReader reader = new ReplyReader();
  private final ByteBuffer in = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
  private final Outgoing out = new Outgoing();
  private Consumer<Reply.Push> pushListener = _ -> {};

  /** Gives its bytes away without copying them. */
  private static final class Outgoing extends ByteArrayOutputStream {
    void writeTo(Wire wire) throws IOException {
      if (count > 0) {
        wire.write(buf, count);
        count = 0;
        if (buf.length > 1 << 20) {
          buf = new byte[BUFFER_BYTES];
        }
      }
    }
  }

  private RespConnection(Wire wire) {
    this.wire = wire;
  }

  /**
   * Connects and introduces itself as the options say: AUTH, then HELLO 3.
   *
   * @throws RefusedException if the server refuses the user or the protocol
   * @throws IOException if there is no connection; {@link #reasonOf} says why
   */
  public static RespConnection open(Endpoint endpoint, ConnectOptions options) throws IOException {
    RespConnection connection = new RespConnection(Wire.tcp(endpoint, options));
    try {
      connection.setReadTimeoutMs(options.readTimeoutMs());
      Command auth = options.auth();
      if (auth != null) {
        connection.callOrRefuse(auth);
      }
      if (options.resp3()) {
        connection.callOrRefuse(Command.of("HELLO", "3"));
      }
      return connection;
    } catch (IOException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Connects and says nothing.
   *
   * @param connectTimeoutMs for connecting, and again for agreeing on TLS; 0 waits as long as the
   *     system does
   * @param tls what encrypts the connection; {@code null} for a plain one
   */
  public static RespConnection openBare(
      Endpoint endpoint, int connectTimeoutMs, @Nullable TlsContext tls) throws IOException {
    ConnectOptions options = ConnectOptions.PLAIN.withTimeoutsMs(connectTimeoutMs, 0).withTls(tls);
    return new RespConnection(Wire.tcp(endpoint, options));
  }

  /** Connects to a unix socket and says nothing. */
  public static RespConnection openUnix(String path) throws IOException {
    return new RespConnection(Wire.unix(path));
  }

  /**
   * Why a connection could not be made or was lost, in the words of the system's C library where
   * those are usual.
   */
  public static String reasonOf(IOException failure) {
    String message = failure.getMessage();
    return switch (failure) {
      case SocketTimeoutException _ when "Connect timed out".equals(message) ->
          "Connection timed out";
      case SocketTimeoutException _ -> "Resource temporarily unavailable";
      case SSLException _ -> "SSL_connect failed: " + message;
      case java.net.UnknownHostException _ -> "Name or service not known";
      case java.net.SocketException _ when "Connection reset".equals(message) ->
          "Connection reset by peer";
      default -> message == null ? failure.getClass().getSimpleName() : message;
    };
  }

  /** Who hears of messages that are no replies; nobody at first. */
  public void onPush(Consumer<Reply.Push> listener) {
    pushListener = listener;
  }

  /** How long to wait for bytes of a reply, in milliseconds; 0 for ever. */
  public void setReadTimeoutMs(int timeoutMs) throws IOException {
    wire.setReadTimeoutMs(timeoutMs);
  }

  /** The other end's address as numbers; empty for a unix socket. */
  public String remoteAddress() {
    return wire.remoteAddress();
  }

  /** Adds a command to those that will leave next. */
  public void send(Command command) {
    command.encode(out);
  }

  /** Sends all commands gathered. */
  public void flush() throws IOException {
    out.writeTo(wire);
  }

  /** Sends bytes as they are: what the caller takes responsibility for. */
  public void sendRaw(byte[] bytes, int length) throws IOException {
    flush();
    wire.write(bytes, length);
  }

  /**
   * Waits for the next reply; what the server pushes meanwhile goes to the listener.
   *
   * @throws ServerClosedException at the end of the stream
   * @throws io.hashslot.resp.MalformedReplyException if the server does not speak RESP
   */
  public Reply receive() throws IOException {
    while (true) {
      Reply reply = receiveAny();
      if (reply.plain() instanceof Reply.Push push) {
        pushListener.accept(push);
      } else {
        return reply;
      }
    }
  }

  /** Waits for the next reply or pushed message, whichever comes first. */
  public Reply receiveAny() throws IOException {
    flush();
    return readNext();
  }

  /** The same without sending what was gathered: for a thread that only reads. */
  Reply readNext() throws IOException {
    while (true) {
      Reply reply = reader.read(in);
      if (reply != null) {
        return reply;
      }
      int count = -1;
      in.clear();
      try {
        count = wire.read(in);
      } finally {
        in.flip(); // also when the wait was too long: what was read before is not read again
      }
      if (count < 0) {
        throw new ServerClosedException();
      }
    }
  }

  /** Whether bytes have already come that nobody has read as a reply. */
  public boolean hasBufferedBytes() {
    return in.hasRemaining();
  }

  /** Sends one command and waits for its reply, which may be an error. */
  public Reply call(Command command) throws IOException {
    send(command);
    return receive();
  }

  /** Sends one command of UTF-8 words and waits for its reply, which may be an error. */
  public Reply call(String... words) throws IOException {
    return call(Command.of(words));
  }

  /**
   * Sends one command and waits for its reply.
   *
   * @throws RefusedException if the reply is an error
   */
  public Reply callOrRefuse(Command command) throws IOException {
    Reply reply = call(command);
    if (reply.isFailure()) {
      throw new RefusedException(reply.asText());
    }
    return reply;
  }

  /** Sends all commands at once and waits for all replies, each of which may be an error. */
  public List<Reply> pipeline(List<Command> commands) throws IOException {
    for (Command command : commands) {
      send(command);
    }
    List<Reply> replies = new ArrayList<>(commands.size());
    for (int i = 0; i < commands.size(); i++) {
      replies.add(receive());
    }
    return replies;
  }

  /** Ends the connection; a second time does nothing. */
  @Override
  public void close() {
    try {
      wire.close();
    } catch (IOException _) {
      // Whatever was to be said has been said; the system frees the socket.
    }
  }
}
