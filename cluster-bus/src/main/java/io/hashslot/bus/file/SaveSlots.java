package io.hashslot.bus.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Three files beside nodes.conf that are overwritten in turn, open, locked and of one length that
 * never changes; nodes.conf is a second name of the one that was written last.
 *
 * <p>A file that keeps its length and its blocks is the cheapest thing to write durably: its bytes
 * have to reach the disk and nothing of the file system's own. And a rename onto another name of
 * long written bytes has nothing to flush. Three are needed so that neither the one that nodes.conf
 * names nor the newest that was forced is ever touched.
 */
final class SaveSlots implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SaveSlots.class);

  private static final int COUNT = 3;
  private static final int NONE = -1;
  private static final int BLOCK_BYTES = 4096;

  private final Path file;
  private final Path link;
  private final int capacity;
  private final List<Slot> slots = new ArrayList<>();
  private int current = NONE;
  private int durable = NONE;

  /** One of the files. */
  private record Slot(Path path, FileLock lock, FileChannel channel) {
    void close() throws IOException {
      lock.close();
      channel.close();
    }
  }

  private SaveSlots(Path file, Path link, int capacity) {
    this.file = file;
    this.link = link;
    this.capacity = capacity;
  }

  /** Returns the names of the files, whether they are there or not. */
  static List<Path> paths(Path file) {
    List<Path> paths = new ArrayList<>();
    for (int i = 1; i <= COUNT; i++) {
      paths.add(file.resolveSibling(file.getFileName() + ".save-" + i));
    }
    return paths;
  }

  /** Returns for how many bytes there should be room if so many are needed now. */
  static int roomFor(int bytes) {
    return Math.ceilDiv(bytes + bytes / 4, BLOCK_BYTES) * BLOCK_BYTES;
  }

  /**
   * Creates the files, in place of those of an earlier life.
   *
   * @param file nodes.conf, which is durable as it is now
   * @param link a name beside it that nobody uses
   * @param content what they hold at first, nothing newer than nodes.conf; its length is theirs
   * @return null if files cannot have two names here
   * @throws IOException if they cannot be created
   */
  static @Nullable SaveSlots create(Path file, Path link, byte[] content) throws IOException {
    SaveSlots created = new SaveSlots(file, link, content.length);
    try {
      for (Path path : paths(file)) {
        Files.deleteIfExists(path);
        Folder.create(path, content);
        FileLock lock = FileLock.take(path);
        FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
        created.slots.add(new Slot(path, lock, channel));
      }
      if (created.canLink()) {
        Folder.sync(Folder.of(file));
        return created;
      }
      created.close();
      delete(file);
      return null;
    } catch (IOException e) {
      created.close();
      throw e;
    }
  }

  private boolean canLink() throws IOException {
    try {
      Files.createLink(link, slots.getFirst().path);
      Files.delete(link);
      return true;
    } catch (UnsupportedOperationException | FileSystemException e) {
      LOG.info("Each save of {} is a new file: files cannot have two names here", file, e);
      return false;
    }
  }

  /** How long a text has to be. */
  int capacity() {
    return capacity;
  }

  /**
   * Makes a text the content of nodes.conf.
   *
   * @param bytes as many as {@link #capacity}
   * @param sync whether it must survive a crash of the machine once this returns
   * @throws IOException if it cannot be written; the old content is then still there
   */
  void save(byte[] bytes, boolean sync) throws IOException {
    int next = 0;
    while (next == current || next == durable) {
      next++;
    }
    Slot slot = slots.get(next);
    Folder.write(slot.channel, bytes);
    // The first one takes the name away from what alone is durable until now.
    boolean force = sync || durable == NONE;
    if (force) {
      slot.channel.force(false);
    }
    Files.createLink(link, slot.path);
    try {
      Files.move(link, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(link);
      throw e;
    }
    current = next;
    if (force) {
      durable = next;
    }
  }

  /** Forces what was saved last, unless it is durable already. */
  void force() throws IOException {
    if (current != durable) {
      slots.get(current).channel.force(false);
      durable = current;
    }
  }

  /** Forces what nodes.conf is now, and its name, so that it needs the others no more. */
  void settle() throws IOException {
    if (current != NONE) {
      slots.get(current).channel.force(true);
      durable = current;
    }
    Folder.sync(Folder.of(file));
  }

  /** Takes the names away, of this life's files or of an earlier one's. */
  static void delete(Path file) throws IOException {
    for (Path path : paths(file)) {
      Files.deleteIfExists(path);
    }
  }

  /** Lets go of the files. */
  @Override
  public void close() throws IOException {
    for (Slot slot : slots) {
      slot.close();
    }
    slots.clear();
  }
}
