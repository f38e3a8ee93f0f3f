package io.hashslot.bus.file;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.hashslot.bus.core.DurableState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * nodes.conf on disk, locked as long as this is open. Not thread-safe.
 *
 * <p>A save writes a new file beside the old one, forces it to the disk and renames it over the old
 * one, so that a crash at any moment leaves one of them whole. The bytes are forced even if the
 * caller does not ask for it: a rename that reached the disk before the bytes would otherwise
 * replace a vote that was forced earlier by a file of zeros. What {@code sync} adds is that the
 * rename itself is forced, so that the old state can no longer come back.
 *
 * <p>Two locks: one on the file itself, which servers of the C families honour and which moves on
 * to each new file before it gets the name; and one on a file {@code <name>.lock} that is never
 * replaced, so that nobody can slip in between.
 */
public final class NodesFile implements AutoCloseable {
  private final Path file;
  private final String temporaryPrefix;
  private final FileLock stableLock;
  private FileLock lock;
  private long saves;

  private NodesFile(Path file, FileLock stableLock, FileLock lock) {
    this.file = file;
    this.temporaryPrefix = file.getFileName() + ".tmp-";
    this.stableLock = stableLock;
    this.lock = lock;
  }

  /**
   * Locks the file, which is created empty if it does not exist, and removes what crashed writers
   * have left beside it.
   *
   * @throws NodesFileInUseException if another process holds a lock
   * @throws IOException if the file cannot be created or opened
   */
  public static NodesFile open(Path path) throws IOException {
    Path file = path.toAbsolutePath();
    FileLock stableLock = FileLock.take(file.resolveSibling(file.getFileName() + ".lock"));
    try {
      FileLock lock = FileLock.take(file);
      NodesFile opened = new NodesFile(file, stableLock, lock);
      opened.removeLeftovers();
      return opened;
    } catch (IOException e) {
      stableLock.close();
      throw e;
    }
  }

  /**
   * Reads the file.
   *
   * @param tlsCluster as for {@link NodesText#parse}
   * @return null if the file is empty: a new node
   * @throws CorruptNodesFileException if the content makes no sense
   * @throws IOException if the file cannot be read
   */
  public @Nullable DurableState load(boolean tlsCluster)
      throws IOException, CorruptNodesFileException {
    byte[] bytes = Files.readAllBytes(file);
    return bytes.length == 0 ? null : NodesText.parse(new String(bytes, US_ASCII), tlsCluster);
  }

  /**
   * Replaces the content.
   *
   * @param sync whether the new content must survive a crash of the machine once this returns;
   *     otherwise either the new or the old content may be found afterwards
   * @throws IOException if it cannot be written; the old content is then still there
   */
  public void save(DurableState state, boolean sync) throws IOException {
    Path temporary =
        file.resolveSibling(temporaryPrefix + ProcessHandle.current().pid() + "-" + saves++);
    FileLock next = null;
    try {
      write(temporary, NodesText.format(state).getBytes(US_ASCII));
      next = FileLock.take(temporary);
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      if (next != null) {
        next.close();
      }
      Files.deleteIfExists(temporary);
      throw e;
    }
    lock.close();
    lock = next;
    if (sync) {
      syncDirectory();
    }
  }

  private static void write(Path temporary, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }

  private void syncDirectory() throws IOException {
    try (FileChannel directory = FileChannel.open(directory(), StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private void removeLeftovers() throws IOException {
    try (DirectoryStream<Path> leftovers =
        Files.newDirectoryStream(
            directory(), path -> path.getFileName().toString().startsWith(temporaryPrefix))) {
      for (Path leftover : leftovers) {
        Files.delete(leftover);
      }
    }
  }

  private Path directory() {
    return Objects.requireNonNull(file.getParent());
  }

  /** Releases the locks. */
  @Override
  public void close() {
    lock.close();
    stableLock.close();
  }
}
