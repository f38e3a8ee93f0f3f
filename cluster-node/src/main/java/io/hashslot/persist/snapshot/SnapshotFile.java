package io.hashslot.persist.snapshot;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Puts a file in its place so that a crash leaves the old or the new one, never half of one: write
 * a temporary file, sync it, rename it, sync the directory.
 */
public final class SnapshotFile {
  /** Produces the content. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything; the channel is closed by the caller. */
    void writeTo(WritableByteChannel channel) throws IOException;
  }

  /** Puts a file that is complete in its place. */
  @FunctionalInterface
  public interface Placing {
    /** Renames {@code temporary} to {@code target}, or deletes it if it is not wanted any more. */
    void place(Path temporary, Path target) throws IOException;
  }

  private SnapshotFile() {}

  /**
   * Replaces {@code target}.
   *
   * @param temporaryName name of the temporary file in the same directory; removed again if
   *     anything fails
   */
  public static void replace(Path target, String temporaryName, Content content)
      throws IOException {
    replace(target, temporaryName, false, content, SnapshotFile::putInPlace);
  }

  /**
   * Replaces {@code target}.
   *
   * @param temporaryName name of the temporary file in the same directory; removed again if
   *     anything fails
   * @param forceAlong whether the content is brought to the disk while it is written
   * @param placing what to do when everything is on the disk; {@link #putInPlace} as a rule
   */
  public static void replace(
      Path target, String temporaryName, boolean forceAlong, Content content, Placing placing)
      throws IOException {
    Path temporary = target.resolveSibling(temporaryName);
    try {
      try (FileChannel file =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        if (forceAlong) {
          try (ForcedAlong channel = new ForcedAlong(file)) {
            content.writeTo(channel);
          }
        } else {
          content.writeTo(file);
        }
        file.force(true);
      }
      placing.place(temporary, target);
    } catch (Throwable e) {
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException stays) {
        e.addSuppressed(stays);
      }
      throw e;
    }
  }

  /** Renames a file that is already synced onto another and makes the rename durable. */
  public static void putInPlace(Path source, Path target) throws IOException {
    Files.move(source, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Path directory = target.toAbsolutePath().getParent();
    if (directory != null) {
      sync(directory);
    }
  }

  /** Makes what was created, renamed and deleted in a directory durable. */
  public static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
