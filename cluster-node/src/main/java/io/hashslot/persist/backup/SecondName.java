package io.hashslot.persist.backup;

import io.hashslot.persist.snapshot.SnapshotFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives files second names that survive a crash: hard links, which take no space as long as neither
 * file is replaced. Where the file system has none, or another one is behind, the file is copied.
 */
final class SecondName {
  private static final Logger LOG = LoggerFactory.getLogger(SecondName.class);
  private static final String TEMPORARY = "temp-copy-";

  private SecondName() {}

  /** Gives a file another name; nothing has that name yet. */
  static void give(Path file, Path second) throws IOException {
    Path folder = Objects.requireNonNull(second.toAbsolutePath().getParent());
    try {
      Files.createLink(second, file);
      SnapshotFile.sync(folder);
    } catch (UnsupportedOperationException | IOException noLinks) {
      LOG.debug("No link to {}, it is copied: {}", file, noLinks.toString());
      Path temporary = temporary(second);
      try (FileChannel target =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        Sha256.copy(file, target);
        target.force(true);
      }
      SnapshotFile.putInPlace(temporary, second);
    }
  }

  /** What a crash leaves of a copy; the next one to the same name takes its place. */
  private static Path temporary(Path second) {
    return second.resolveSibling(TEMPORARY + second.getFileName());
  }

  /** Whether a name is that of a copy that was not finished. */
  static boolean unfinished(String name) {
    return name.startsWith(TEMPORARY);
  }
}
