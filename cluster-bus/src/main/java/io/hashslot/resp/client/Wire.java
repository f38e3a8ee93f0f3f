package io.hashslot.resp.client;

import io.hashslot.socket.SourceAddress;
import io.hashslot.tls.TlsContext;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A byte stream to a server, over TCP, TLS or a unix socket. */
sealed interface Wire extends Closeable {
  /** Reads at least one byte behind the buffer's position; -1 at the end of the stream. */
  int read(ByteBuffer into) throws IOException;

  void write(byte[] bytes, int length) throws IOException;

  /** How long a read waits, in milliseconds; 0 for ever. Unix sockets always wait for ever. */
  void setReadTimeoutMs(int timeoutMs) throws IOException;

  /** The address of the other end as numbers; empty for a unix socket. */
  String remoteAddress();

  /** Opens a TCP connection. A name with several addresses is tried address by address. */
  static Wire tcp(Endpoint endpoint, ConnectOptions options) throws IOException {
    int timeoutMs = options.connectTimeoutMs();
    TlsContext tls = options.tls();
    IOException first = null;
    for (InetAddress address : InetAddress.getAllByName(endpoint.host())) {
      var socket = new Socket();
      try {
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        socket.bind(SourceAddress.towards(address.getHostAddress(), options.source()));
        socket.connect(new InetSocketAddress(address, endpoint.port()), timeoutMs);
        return over(tls == null ? socket : secured(socket, endpoint, timeoutMs, tls));
      } catch (IOException e) {
        socket.close();
        if (first == null) {
          first = e;
        }
      }
    }
    throw first == null ? new IOException("no address for " + endpoint.host()) : first;
  }

  private static Wire over(Socket socket) throws IOException {
    return new Tcp(socket, socket.getInputStream(), socket.getOutputStream());
  }

  private static Socket secured(Socket socket, Endpoint endpoint, int timeoutMs, TlsContext tls)
      throws IOException {
    socket.setSoTimeout(timeoutMs);
    Socket secure = tls.connect(socket, endpoint.host());
    secure.setSoTimeout(0);
    return secure;
  }

  /** Opens a connection to a unix socket. */
  static Wire unix(String path) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(path));
      return new Unix(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Over TCP, with or without TLS. */
  record Tcp(Socket socket, InputStream in, OutputStream out) implements Wire {
    @Override
    public int read(ByteBuffer into) throws IOException {
      int count = in.read(into.array(), into.arrayOffset() + into.position(), into.remaining());
      if (count > 0) {
        into.position(into.position() + count);
      }
      return count;
    }

    @Override
    public void write(byte[] bytes, int length) throws IOException {
      out.write(bytes, 0, length);
    }

    @Override
    public void setReadTimeoutMs(int timeoutMs) throws IOException {
      socket.setSoTimeout(timeoutMs);
    }

    @Override
    public String remoteAddress() {
      return socket.getInetAddress().getHostAddress().split("%", 2)[0]; // a zone is only ours
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /** Over a unix socket. */
  record Unix(SocketChannel channel) implements Wire {
    @Override
    public int read(ByteBuffer into) throws IOException {
      return channel.read(into);
    }

    @Override
    public void write(byte[] bytes, int length) throws IOException {
      ByteBuffer out = ByteBuffer.wrap(bytes, 0, length);
      while (out.hasRemaining()) {
        channel.write(out);
      }
    }

    @Override
    public void setReadTimeoutMs(int timeoutMs) {
      // Channels know no timeouts; a local server that hangs is ended with Ctrl-C.
    }

    @Override
    public String remoteAddress() {
      return "";
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
