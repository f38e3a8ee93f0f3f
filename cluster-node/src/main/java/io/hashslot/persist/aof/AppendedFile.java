package io.hashslot.persist.aof;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that is written at its end, as far as the append-only file needs one. */
interface AppendedFile extends Closeable {
  /** How files are opened; tests have disks that fill up. */
  @FunctionalInterface
  interface Opener {
    /**
     * Opens a file, making it if it is not there; the present content stays.
     *
     * @throws IOException if it cannot be had
     */
    AppendedFile open(Path path) throws IOException;

    /** The real files. */
    Opener SYSTEM =
        path -> {
          FileChannel channel =
              FileChannel.open(
                  path,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE,
                  StandardOpenOption.APPEND);
          return new OnDisk(channel);
        };
  }

  /** Writes some of the bytes, as the system likes; moves the buffer's position. */
  void write(ByteBuffer bytes) throws IOException;

  /** Makes everything written so far survive a loss of power. Any thread. */
  void force() throws IOException;

  /** Cuts the end off. */
  void truncate(long size) throws IOException;

  /** Returns the length in bytes. */
  long size() throws IOException;

  /** A file of the system. */
  final class OnDisk implements AppendedFile {
    private final FileChannel channel;

    OnDisk(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
      int unused = channel.write(bytes);
    }

    @Override
    public void force() throws IOException {
      channel.force(false);
    }

    @Override
    public void truncate(long size) throws IOException {
      var unused = channel.truncate(size);
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
