package io.hashslot.it;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Free ports for servers whose bus listens 10,000 higher. They lie below the range from which the
 * kernel takes ports for outgoing connections, so that a server can come back to its own after it
 * was killed.
 */
final class Ports {
  private static final int FIRST = 21_000;
  private static final int COUNT = 1_700;
  private static final Set<Integer> GIVEN = new HashSet<>();

  private Ports() {}

  /** One that nobody has, and that was not given before. */
  static synchronized int next(RandomGenerator random) {
    for (int attempt = 0; attempt < 10_000; attempt++) {
      int port = FIRST + random.nextInt(COUNT);
      if (isFree(port) && isFree(port + 10_000) && GIVEN.add(port)) return port;
    }
    throw new AssertionError("no free ports from " + FIRST + " on");
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress("127.0.0.1", port));
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
