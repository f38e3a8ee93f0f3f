package io.hashslot.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The transport that runs everywhere: non-blocking channels and a selector. */
final class NioTransport implements Transport {

  /** One connection as the selector sees it. */
  private static final class Peer {
    final Connection connection;
    final SocketChannel channel;
    @Nullable ByteBuffer unsent;

    Peer(Connection connection, SocketChannel channel) {
      this.connection = connection;
      this.channel = channel;
    }
  }

  private final Selector selector;
  private final List<Peer> peers = new ArrayList<>();
  private final ArrayDeque<Peer> sent = new ArrayDeque<>();

  NioTransport() {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String name() {
    return "nio";
  }

  @Override
  public void connect(InetSocketAddress server, List<Connection> connections) throws IOException {
    for (Connection connection : connections) {
      SocketChannel channel = SocketChannel.open(server);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      Peer peer = new Peer(connection, channel);
      channel.register(selector, SelectionKey.OP_READ, peer);
      peers.add(peer);
    }
  }

  @Override
  public void send(Connection connection, NativeBuffer data) {
    Peer peer = peers.get(connection.index);
    peer.unsent = data.bytes();
    try {
      write(peer);
    } catch (IOException e) {
      throw new LoadFailure("cannot send on connection " + connection.index, e);
    }
  }

  private void write(Peer peer) throws IOException {
    ByteBuffer data = peer.unsent;
    if (data == null) {
      return;
    }
    peer.channel.write(data);
    if (data.hasRemaining()) {
      interest(peer, SelectionKey.OP_READ | SelectionKey.OP_WRITE);
      return;
    }
    peer.unsent = null;
    sent.add(peer);
    interest(peer, SelectionKey.OP_READ);
  }

  private void interest(Peer peer, int operations) {
    SelectionKey key = peer.channel.keyFor(selector);
    if (key != null && key.interestOps() != operations) {
      key.interestOps(operations);
    }
  }

  @Override
  public void poll(long timeoutNs, Listener listener) throws IOException {
    if (!sent.isEmpty() || timeoutNs <= 0) {
      selector.selectNow();
    } else {
      // The selector counts in milliseconds: rounding down keeps an open loop on time at the price
      // of a few spins.
      long timeoutMs = TimeUnit.NANOSECONDS.toMillis(timeoutNs);
      if (timeoutMs == 0) {
        selector.selectNow();
      } else {
        selector.select(timeoutMs);
      }
    }
    for (Peer peer; (peer = sent.poll()) != null; ) {
      listener.sent(peer.connection);
    }
    for (SelectionKey key : selector.selectedKeys()) {
      Peer peer = (Peer) key.attachment();
      if (key.isWritable()) {
        write(peer);
      }
      if (key.isReadable()) {
        read(peer, listener);
      }
    }
    selector.selectedKeys().clear();
  }

  private static void read(Peer peer, Listener listener) throws IOException {
    int bytes = peer.channel.read(peer.connection.receiveSpace().bytes());
    if (bytes < 0) {
      throw new LoadFailure("the server closed connection " + peer.connection.index);
    }
    if (bytes > 0) {
      listener.received(peer.connection, bytes);
    }
  }

  @Override
  public void close() {
    try {
      for (Peer peer : peers) {
        peer.channel.close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
