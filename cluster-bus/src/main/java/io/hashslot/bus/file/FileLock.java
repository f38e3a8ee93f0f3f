package io.hashslot.bus.file;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An exclusive lock on a file, held until closed or until the process ends, not inherited by
 * children.
 *
 * <p>redis-server and valkey-server take theirs with flock(2), which Java's own locks do not see on
 * Linux: they are of the other kind, fcntl(2). So on Linux the system call is made here; on other
 * systems Java's lock has to do, and only keeps nodes of our own kind apart.
 */
sealed interface FileLock extends AutoCloseable {
  @Override
  void close();

  /**
   * Opens the file, creating it if need be, and locks it.
   *
   * @throws NodesFileInUseException if somebody else holds the lock
   * @throws IOException if the file cannot be opened
   */
  static FileLock take(Path file) throws IOException {
    boolean linux = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).equals("linux");
    return linux ? Flock.take(file) : ChannelLock.take(file);
  }

  /** flock(2), on a descriptor of its own. */
  final class Flock implements FileLock {
    private static final int O_RDWR_CREAT_CLOEXEC = 0x2 | 0x40 | 0x80000;
    private static final int MODE = 0644;
    private static final int LOCK_EX_NB = 2 | 4;
    private static final MethodHandle OPEN =
        function("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT), 2);
    private static final MethodHandle FLOCK =
        function("flock", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT), -1);
    private static final MethodHandle CLOSE =
        function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT), -1);

    private int descriptor;

    private Flock(int descriptor) {
      this.descriptor = descriptor;
    }

    static FileLock take(Path file) throws IOException {
      int descriptor;
      int refused;
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment path = arena.allocateFrom(file.toString());
        descriptor = (int) OPEN.invokeExact(path, O_RDWR_CREAT_CLOEXEC, MODE);
        refused = descriptor < 0 ? 0 : (int) FLOCK.invokeExact(descriptor, LOCK_EX_NB);
      } catch (Throwable e) {
        throw new IOException("cannot lock " + file, e);
      }
      if (descriptor < 0) {
        throw new IOException("cannot open " + file + " to lock it");
      }
      FileLock lock = new Flock(descriptor);
      if (refused != 0) {
        lock.close();
        throw new NodesFileInUseException(file);
      }
      return lock;
    }

    @Override
    public void close() {
      if (descriptor < 0) {
        return;
      }
      try {
        int _ = (int) CLOSE.invokeExact(descriptor);
      } catch (Throwable e) {
        throw new IllegalStateException("close(2) cannot be called", e);
      } finally {
        descriptor = -1;
      }
    }

    /** A function of the C library; {@code firstVariadic} is the argument list's, -1 if fixed. */
    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor type, int firstVariadic) {
      Linker linker = Linker.nativeLinker();
      MemorySegment address = linker.defaultLookup().findOrThrow(name);
      return firstVariadic < 0
          ? linker.downcallHandle(address, type)
          : linker.downcallHandle(address, type, Linker.Option.firstVariadicArg(firstVariadic));
    }
  }

  /** Java's own. */
  final class ChannelLock implements FileLock {
    private final FileChannel channel;

    private ChannelLock(FileChannel channel) {
      this.channel = channel;
    }

    static FileLock take(Path file) throws IOException {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new NodesFileInUseException(file);
      }
      return new ChannelLock(channel);
    }

    private static java.nio.channels.@Nullable FileLock tryLock(FileChannel channel)
        throws IOException {
      try {
        return channel.tryLock();
      } catch (OverlappingFileLockException e) {
        return null;
      }
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new IllegalStateException("cannot release a lock", e);
      }
    }
  }
}
