package io.hashslot.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cheap transport: every connection has a receive posted at all times, sends and receives of
 * all connections go to the kernel in one call. Needs Linux 6.1 and a kernel that lets us.
 */
final class UringTransport implements Transport {

  private static final int SEND_BIT = 1;

  private final Uring ring;
  private final Sockets sockets = new Sockets();
  private Connection[] connections = {};
  private int[] descriptors = {};
  private @Nullable NativeBuffer[] unsent = {};

  UringTransport(int connections) {
    ring = new Uring(Integer.highestOneBit(Math.max(32, connections * 4 - 1)) * 2);
  }

  /** Returns whether a ring can be set up here. */
  static boolean available() {
    if (!"Linux".equals(System.getProperty("os.name"))) {
      return false;
    }
    try (Uring _ = new Uring(8)) {
      return true;
    } catch (LoadFailure _) {
      return false;
    }
  }

  @Override
  public String name() {
    return "io_uring";
  }

  @Override
  public void connect(InetSocketAddress server, List<Connection> all) throws IOException {
    InetAddress address = server.getAddress();
    if (address == null) {
      throw new IOException("unknown host " + server.getHostString());
    }
    connections = all.toArray(new Connection[0]);
    descriptors = new int[connections.length];
    unsent = new NativeBuffer[connections.length];
    for (int i = 0; i < connections.length; i++) {
      descriptors[i] = sockets.connect(address, server.getPort());
      receive(i);
    }
  }

  private void receive(int index) {
    NativeBuffer space = connections[index].receiveSpace();
    ring.submit(
        Uring.OP_RECV,
        Uring.RECV_POLL_FIRST,
        descriptors[index],
        space.address() + space.bytes().position(),
        space.bytes().remaining(),
        (long) index << 1);
  }

  @Override
  public void send(Connection connection, NativeBuffer data) {
    unsent[connection.index] = data;
    submitSend(connection.index, data);
  }

  private void submitSend(int index, NativeBuffer data) {
    ring.submit(
        Uring.OP_SEND,
        0,
        descriptors[index],
        data.address() + data.bytes().position(),
        data.bytes().remaining(),
        (long) index << 1 | SEND_BIT);
  }

  @Override
  public void poll(long timeoutNs, Listener listener) {
    ring.enter(timeoutNs > 0 ? 1 : 0, timeoutNs);
    while (ring.completed()) {
      long tag = ring.tag();
      int result = ring.result();
      ring.next();
      int index = (int) (tag >>> 1);
      if (result < 0) {
        throw new LoadFailure("connection " + index + " failed with errno " + -result);
      }
      if ((tag & SEND_BIT) != 0) {
        sent(index, result, listener);
      } else {
        received(index, result, listener);
      }
    }
  }

  private void sent(int index, int bytes, Listener listener) {
    NativeBuffer data = unsent[index];
    if (data == null) {
      throw new LoadFailure("a completion of nothing on connection " + index);
    }
    data.bytes().position(data.bytes().position() + bytes);
    if (data.bytes().hasRemaining()) {
      submitSend(index, data);
      return;
    }
    unsent[index] = null;
    listener.sent(connections[index]);
  }

  private void received(int index, int bytes, Listener listener) {
    if (bytes == 0) {
      throw new LoadFailure("the server closed connection " + index);
    }
    listener.received(connections[index], bytes);
    receive(index);
  }

  @Override
  public void close() {
    for (int descriptor : descriptors) {
      sockets.close(descriptor);
    }
    ring.close();
  }
}
