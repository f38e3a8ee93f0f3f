package io.hashslot.bench.load;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.nio.ByteOrder;

/**
 * Blocking TCP connects that hand out the file descriptor, which the JDK's own channels keep to
 * themselves.
 */
final class Sockets {

  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int SOCK_STREAM_CLOEXEC = 1 | 0x80000;
  private static final int IPPROTO_TCP = 6;
  private static final int TCP_NODELAY = 1;
  private static final ValueLayout.OfShort PORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  /** System call numbers, which differ between the two architectures. */
  private record Numbers(int socket, int connect, int setsockopt, int close) {
    static Numbers ofThisMachine() {
      return "aarch64".equals(System.getProperty("os.arch"))
          ? new Numbers(198, 203, 208, 57)
          : new Numbers(41, 42, 54, 3);
    }
  }

  private final Libc libc = new Libc();
  private final Numbers numbers = Numbers.ofThisMachine();

  /** Connects to {@code address}, without delay of small segments; returns the file descriptor. */
  int connect(InetAddress address, int port) throws IOException {
    byte[] host = address.getAddress();
    boolean v6 = host.length == 16;
    int fd =
        (int) libc.call(numbers.socket, v6 ? AF_INET6 : AF_INET, SOCK_STREAM_CLOEXEC, 0, 0, 0, 0);
    check("socket", fd);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment one = arena.allocateFrom(ValueLayout.JAVA_INT, 1);
      check(
          "setsockopt",
          libc.call(numbers.setsockopt, fd, IPPROTO_TCP, TCP_NODELAY, one.address(), 4, 0));
      // sockaddr_in: family, port, address. sockaddr_in6: family, port, flow label, address, scope.
      MemorySegment name = arena.allocate(28, 8);
      name.set(ValueLayout.JAVA_SHORT, 0, (short) (v6 ? AF_INET6 : AF_INET));
      name.set(PORT, 2, (short) port);
      MemorySegment.copy(host, 0, name, ValueLayout.JAVA_BYTE, v6 ? 8 : 4, host.length);
      check(
          "connect to " + address.getHostAddress() + ":" + port,
          libc.call(numbers.connect, fd, name.address(), v6 ? 28 : 16, 0, 0, 0));
    } catch (IOException e) {
      close(fd);
      throw e;
    }
    return fd;
  }

  private static void check(String what, long result) throws IOException {
    if (result < 0) {
      throw new IOException(what + " failed with errno " + -result);
    }
  }

  void close(int fd) {
    libc.call(numbers.close, fd, 0, 0, 0, 0, 0);
  }
}
