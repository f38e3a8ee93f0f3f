package io.hashslot.node;

import io.hashslot.config.Config;
import io.hashslot.config.PersistenceDirectives;
import io.hashslot.config.ProcessDirectives;
import io.hashslot.persist.backup.FolderLock;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * By which others see that this server runs: it lives in the folder {@code dir}, wherever that is
 * moved to, and its process stands in {@code pidfile}.
 */
final class Presence implements AutoCloseable {
  private static final String RESTORING = "a backup is just being restored in this folder";

  private final Config config;
  private @Nullable FolderLock folder;
  private @Nullable PidFile pidFile;

  Presence(Config config) {
    this.config = config;
  }

  /**
   * Moves into the folder.
   *
   * @throws IOException if a backup is being put there
   */
  void moveIn() throws IOException {
    Path dir = config.get(PersistenceDirectives.DIR);
    if (!moveTo(dir)) {
      throw new IOException(dir + ": " + RESTORING);
    }
    config.onChange(
        (_, now) -> moveTo(now.get(PersistenceDirectives.DIR)) ? null : RESTORING,
        PersistenceDirectives.DIR);
  }

  private synchronized boolean moveTo(Path dir) {
    FolderLock next = FolderLock.live(dir);
    if (next == null) {
      return false;
    }
    FolderLock before = folder;
    folder = next;
    if (before != null) {
      before.close();
    }
    return true;
  }

  /** Clients can connect. */
  void isOpen() {
    String pid = config.get(ProcessDirectives.PIDFILE);
    if (!pid.isEmpty()) {
      pidFile = PidFile.write(config.resolve(pid));
    }
  }

  @Override
  public synchronized void close() {
    if (folder != null) {
      folder.close();
    }
    if (pidFile != null) {
      pidFile.close();
    }
  }
}
