package io.hashslot.bus.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** What a file needs of the folder around it so that nothing of it gets lost. */
final class Folder {
  private Folder() {}

  /** Returns the folder of a file. */
  static Path of(Path absolute) {
    return Objects.requireNonNull(absolute.getParent());
  }

  /** Forces names that were given, changed or taken away to the disk. */
  static void sync(Path folder) throws IOException {
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  /** Writes a new file and forces its bytes, not its name, to the disk. */
  static void create(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      write(channel, bytes);
      channel.force(true);
    }
  }

  /** Overwrites a file from its beginning on. */
  static void write(FileChannel channel, byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      channel.write(rest, rest.position());
    }
  }
}
