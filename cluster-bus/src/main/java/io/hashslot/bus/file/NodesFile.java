package io.hashslot.bus.file;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.hashslot.bus.core.DurableState;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * nodes.conf on disk, locked as long as this is open. Not thread-safe.
 *
 * <p>What has to hold: nodes.conf is whole whenever a process is killed, and then says what was
 * saved last. After a crash of the machine the newest state that was saved with {@code sync}, or a
 * newer one, is found. Other servers can go on with the file.
 *
 * <p>A save must be cheap: it stands between a vote and its candidate, and four of them between a
 * tool and each slot that it moves. A new file for each, forced and renamed, costs the file system
 * a commit of its journal or two, milliseconds. So a state is written over one of the three {@link
 * SaveSlots}, forced if that is asked for, and given the name. The name itself is not forced: after
 * a crash of the machine nodes.conf may be an older save, or a newer one of which not all bytes
 * arrived. Then the newest one of the four files that is whole counts; each carries a {@link
 * Stamp}. A file without one was written by another server, or by a person, after all that was
 * written here, and counts before the others. So does a file that is not there or empty: somebody
 * wants a new node.
 *
 * <p>The first save, and each that no longer fits into the slots, is done the long way: written
 * beside, forced, renamed, the name forced. So are all where files cannot have two names. After
 * {@link #close} nothing but nodes.conf is left, and it is durable.
 *
 * <p>Two locks: one on each file that may become nodes.conf, which servers of the C families
 * honour; and one on a file {@code <name>.lock} that is never replaced, so that nobody can slip in
 * between.
 */
public final class NodesFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodesFile.class);

  private final Path file;
  private final Path temporary;
  private final FileLock stableLock;
  private FileLock lock;
  private @Nullable SaveSlots slots;
  private boolean linksWork = true;

  /** Whether the slots could not be made the last time. */
  private boolean cramped;

  private long saves;

  private NodesFile(Path file, FileLock stableLock, FileLock lock) {
    this.file = file;
    this.temporary = file.resolveSibling(temporaryPrefix() + ProcessHandle.current().pid());
    this.stableLock = stableLock;
    this.lock = lock;
  }

  private String temporaryPrefix() {
    return file.getFileName() + ".tmp-";
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
      opened.saves = opened.highestNumber();
      return opened;
    } catch (IOException e) {
      stableLock.close();
      throw e;
    }
  }

  /**
   * Reads the newest state.
   *
   * @param tlsCluster as for {@link NodesText#parse}
   * @return null if the file is empty: a new node
   * @throws CorruptNodesFileException if the content makes no sense
   * @throws IOException if the file cannot be read
   */
  public @Nullable DurableState load(boolean tlsCluster)
      throws IOException, CorruptNodesFileException {
    byte[] bytes = newest();
    return bytes.length == 0 ? null : NodesText.parse(new String(bytes, US_ASCII), tlsCluster);
  }

  private byte[] newest() throws IOException {
    byte[] newest = Files.readAllBytes(file);
    Stamp known = Stamp.of(newest);
    if (known == null) {
      return newest;
    }
    for (Path path : SaveSlots.paths(file)) {
      byte[] other = read(path);
      Stamp stamp = Stamp.of(other);
      if (stamp != null && stamp.whole() && stamp.number() > known.number()) {
        LOG.warn("{} is not the newest state of the cluster, {} is newer", file, path);
        newest = other;
        known = stamp;
      }
    }
    if (!known.whole()) {
      LOG.warn("The checksum of {} is wrong: it was changed by hand, or is damaged", file);
    }
    return newest;
  }

  private long highestNumber() throws IOException {
    long highest = number(file);
    for (Path path : SaveSlots.paths(file)) {
      highest = Math.max(highest, number(path));
    }
    return highest;
  }

  private static long number(Path path) throws IOException {
    Stamp stamp = Stamp.of(read(path));
    return stamp == null ? 0 : stamp.number();
  }

  private static byte[] read(Path path) throws IOException {
    try {
      return Files.readAllBytes(path);
    } catch (NoSuchFileException _) {
      return new byte[0];
    }
  }

  /**
   * Replaces the content.
   *
   * @param sync whether the new content must survive a crash of the machine once this returns;
   *     otherwise either the new or an older content may be found afterwards, but none older than
   *     the last that was synced
   * @throws IOException if it cannot be written; nodes.conf then still has the old content, though
   *     the next life may find the new one
   */
  public void save(DurableState state, boolean sync) throws IOException {
    String text = NodesText.format(state);
    saves++;
    SaveSlots ready = slots;
    if (ready == null || Stamp.maxLength(text) > ready.capacity()) {
      saveAnew(text);
      return;
    }
    ready.save(Stamp.on(text, saves, ready.capacity()), sync);
  }

  /**
   * Makes what was saved last survive a crash of the machine.
   *
   * @throws IOException if that cannot be had
   */
  public void force() throws IOException {
    SaveSlots ready = slots;
    // What was saved the long way is durable.
    if (ready != null) {
      ready.force();
    }
  }

  /** The long way, whatever there was before; the next ones may be short. */
  private void saveAnew(String text) throws IOException {
    byte[] bytes = Stamp.on(text, saves, SaveSlots.roomFor(Stamp.maxLength(text)));
    replace(bytes);
    SaveSlots old = slots;
    slots = null;
    if (old != null) {
      old.close();
    }
    if (linksWork) {
      try {
        slots = SaveSlots.create(file, temporary, bytes);
        linksWork = slots != null;
        cramped = false;
      } catch (IOException noRoom) {
        if (!cramped) {
          LOG.warn("{} is saved the long way until files beside it can be made", file, noRoom);
        }
        cramped = true;
      }
    }
  }

  private void replace(byte[] bytes) throws IOException {
    FileLock next = null;
    try {
      Folder.create(temporary, bytes);
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
    Folder.sync(Folder.of(file));
  }

  private void removeLeftovers() throws IOException {
    try (DirectoryStream<Path> leftovers =
        Files.newDirectoryStream(
            Folder.of(file), path -> path.getFileName().toString().startsWith(temporaryPrefix()))) {
      for (Path leftover : leftovers) {
        Files.delete(leftover);
      }
    }
    if (Files.size(file) == 0) {
      SaveSlots.delete(file);
    }
  }

  /** Leaves nodes.conf alone and durable, and releases the locks. */
  @Override
  public void close() {
    SaveSlots open = slots;
    slots = null;
    if (open != null) {
      try (open) {
        open.settle();
        SaveSlots.delete(file);
      } catch (IOException e) {
        // The next life finds the newest state whatever is left.
        LOG.warn("{} could not be tidied up", file, e);
      }
    }
    lock.close();
    stableLock.close();
  }
}
