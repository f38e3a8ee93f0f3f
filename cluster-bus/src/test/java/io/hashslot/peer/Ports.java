package io.hashslot.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Free ports for servers. Each comes with the one 10,000 higher, where the bus of a node listens
 * that is not told otherwise. They lie below the range from which the kernel takes ports for
 * outgoing connections, so that nobody takes one before its server listens, or while a server that
 * was killed is away; and no other JVM that tests on this machine is given them while this one
 * lives: each holds locks on the bytes of a file.
 */
public final class Ports {
  private static final int FIRST = 10_000;
  private static final int COUNT = 12_000;
  private static final int TO_BUS = 10_000;

  private static final FileChannel GIVEN = open();
  private static int next = (int) (ProcessHandle.current().pid() * 101 % COUNT);

  private Ports() {}

  private static FileChannel open() {
    try {
      Path file = Path.of(System.getProperty("java.io.tmpdir"), "hashslot-test-ports");
      return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One that nobody has, and that is not given again. */
  public static int next() {
    return next(1);
  }

  /** The first of so many neighbours that nobody has, and that are not given again. */
  public static synchronized int next(int count) {
    for (int attempt = 0; attempt < COUNT; attempt++) {
      int first = FIRST + next % (COUNT - count);
      next = (next + 1) % COUNT;
      int taken = 0;
      while (taken < count && take(first + taken)) taken++;
      if (taken == count) {
        next = (next + count - 1) % COUNT;
        return first;
      }
    }
    throw new AssertionError("no free ports from " + FIRST + " on");
  }

  private static boolean take(int port) {
    int busPort = port + TO_BUS;
    return isFree(port) && isFree(busPort) && take(port, busPort);
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(port));
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /** Takes both, for as long as this JVM lives, or none. */
  private static boolean take(int port, int busPort) {
    try {
      FileLock lock = tryLock(port);
      if (lock == null || tryLock(busPort) != null) return lock != null;
      lock.release();
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable FileLock tryLock(int port) throws IOException {
    try {
      return GIVEN.tryLock(port, 1, false);
    } catch (OverlappingFileLockException _) {
      return null; // it was given here
    }
  }
}
