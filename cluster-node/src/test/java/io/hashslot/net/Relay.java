package io.hashslot.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A port in front of a server that passes everything on, until it is told to cut its connections,
 * to let none through, or to take nothing more from the server.
 */
public final class Relay implements AutoCloseable {
  private final ServerSocket door;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile int target;
  private boolean shut;
  private boolean stalled;

  /** Opens a port of this machine; {@code target} is the server's. */
  public Relay(int target) throws IOException {
    this.target = target;
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** Returns the port to connect to. */
  public int port() {
    return door.getLocalPort();
  }

  /** Sends who comes from now on to another server. */
  public void target(int port) {
    target = port;
  }

  /** Cuts all connections. */
  public void cut() {
    lock.lock();
    try {
      // Each for itself: who comes meanwhile must not be forgotten.
      for (Socket socket : sockets) {
        close(socket);
        sockets.remove(socket);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Lets nobody through, or everybody again. Connections there are stay. */
  public void shut(boolean yes) {
    lock.lock();
    shut = yes;
    lock.unlock();
  }

  /** Takes nothing more from the server, or goes on. */
  public void stall(boolean yes) {
    lock.lock();
    try {
      stalled = yes;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        if (isLetIn(client)) {
          connect(client);
        } else {
          client.close();
        }
      } catch (IOException _) {
        // The client or the server has gone, or we close: the next one may be luckier.
      }
    }
  }

  /** Whoever was let in before the door was shut is cut by the next {@link #cut}. */
  private boolean isLetIn(Socket client) {
    lock.lock();
    try {
      return !shut && sockets.add(client);
    } finally {
      lock.unlock();
    }
  }

  private void connect(Socket client) throws IOException {
    Socket server;
    try {
      server = new Socket(InetAddress.getLoopbackAddress(), target);
    } catch (IOException e) {
      sockets.remove(client);
      client.close();
      throw e;
    }
    sockets.add(server);
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    Thread.ofVirtual().start(() -> pass(client, server, false));
    Thread.ofVirtual().start(() -> pass(server, client, true));
  }

  private void pass(Socket from, Socket to, boolean fromServer) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[16 * 1024];
      while (true) {
        if (fromServer) {
          awaitPassage(from);
        }
        int n = in.read(buffer);
        if (n < 0) {
          break;
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException _) {
      // Cut.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      close(from);
      close(to);
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private void awaitPassage(Socket from) throws InterruptedException {
    lock.lock();
    try {
      while (stalled && !from.isClosed()) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // It is gone then.
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    cut();
    stall(false);
  }
}
