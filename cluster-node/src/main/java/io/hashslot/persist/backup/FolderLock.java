package io.hashslot.persist.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who uses a data folder: servers that live in it, any number of them as in Redis, or one that puts
 * a backup into the place of their data. Servers of the C families do not know of it.
 *
 * <p>A lock of the system on the file {@value #NAME} in the folder; it ends with the process,
 * however that ends, so the file may stay. The system's locks belong to processes: closing any
 * channel of a file lets go of all that the process holds on it. So there is one channel for each
 * folder in this process, which all servers in it share.
 *
 * <p>Where a file cannot be locked, as in a folder that is not ours to write, servers start
 * nevertheless: they are not protected, and a warning says so.
 */
public final class FolderLock implements AutoCloseable {
  /** The name of the file in the folder. */
  static final String NAME = "hashslot.lock";

  private static final Logger LOG = LoggerFactory.getLogger(FolderLock.class);

  /** What this process holds, by the folders' true paths; its own monitor guards it. */
  private static final Map<Path, Held> HELD = new HashMap<>();

  /** A lock that the system has given to this process. */
  private static final class Held {
    final FileChannel channel;
    final boolean shared;
    int users = 1;

    Held(FileChannel channel, boolean shared) {
      this.channel = channel;
      this.shared = shared;
    }
  }

  /** Null: there is nothing to let go of. */
  private @Nullable Path folder;

  private FolderLock(@Nullable Path folder) {
    this.folder = folder;
  }

  /**
   * Moves in as one of several.
   *
   * @return null if a backup is put into the folder at this moment
   */
  public static @Nullable FolderLock live(Path folder) {
    return take(folder, true);
  }

  /**
   * Takes the folder for itself.
   *
   * @return null if a server lives there, or another one restores
   */
  static @Nullable FolderLock alone(Path folder) {
    return take(folder, false);
  }

  private static @Nullable FolderLock take(Path folder, boolean shared) {
    try {
      Path path = folder.toRealPath();
      synchronized (HELD) {
        Held held = HELD.get(path);
        if (held == null) {
          FileChannel channel = lock(path, shared);
          if (channel == null) {
            return null;
          }
          HELD.put(path, new Held(channel, shared));
        } else if (held.shared && shared) {
          held.users++;
        } else {
          return null;
        }
        return new FolderLock(path);
      }
    } catch (IOException problem) {
      LOG.warn(
          "The folder {} cannot be locked; --restore-from does not notice who uses it: {}",
          folder,
          problem.toString());
      return new FolderLock(null);
    }
  }

  private static @Nullable FileChannel lock(Path folder, boolean shared) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(NAME),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock(0, Long.MAX_VALUE, shared);
      return lock == null ? null : channel;
    } catch (OverlappingFileLockException another) {
      // Somebody in this process who does not ask here, by another class loader.
      return null;
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
  }

  /** Moves out. */
  @Override
  public void close() {
    synchronized (HELD) {
      Path path = folder;
      folder = null;
      Held held = path == null ? null : HELD.get(path);
      if (held == null || --held.users > 0) {
        return;
      }
      HELD.remove(path);
      try {
        held.channel.close();
      } catch (IOException problem) {
        LOG.warn("The lock of {} cannot be released: {}", path, problem.toString());
      }
    }
  }
}
