package io.hashslot.persist.aof;

import io.hashslot.journal.Journal;
import io.hashslot.journal.JournalMark;
import io.hashslot.journal.JournalReader;
import io.hashslot.journal.JournalSlice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One incremental file that grows as the journal does. Belongs to whoever takes the writer's turn,
 * but for {@link #force}.
 *
 * <p>What a failed write has left behind is taken back, so that the file ends where it ended
 * before; the bytes stay here and are written when the disk takes them again.
 */
final class AofFile {
  /** Bytes that are written with one call of the system, at most. */
  private static final int SLICE_BYTES = 1 << 20;

  private final AppendedFile file;
  private final JournalReader reader;
  private final StreamFilter filter = new StreamFilter();
  private final List<ByteBuffer> parts = new ArrayList<>();
  private final int selectedDb;
  private @Nullable JournalSlice slice;
  private boolean begun;
  private long size;

  /** What was read before it from the journal is in the file, or does not belong there. */
  private long read;

  /** The same for what was written here beside the stream of a primary. */
  private long localRead;

  /** The last place up to there at which the file ended with a whole command or transaction. */
  private long position;

  /** The same, counted as {@link Journal#written} does. */
  private long reached;

  private boolean unsynced;

  /**
   * @param selectedDb database that the stream stands in where the reader begins, -1 if it says so
   *     itself
   */
  AofFile(AppendedFile file, JournalReader reader, int selectedDb) throws IOException {
    this.file = file;
    this.reader = reader;
    this.selectedDb = selectedDb;
    size = file.size();
    read = reader.position();
    localRead = reader.localPosition();
    position = read;
    reached = read + localRead;
  }

  JournalReader reader() {
    return reader;
  }

  long size() {
    return size;
  }

  /** Everything before it in the journal is in the file, or does not belong there. */
  long position() {
    return position;
  }

  /** So much of what was executed, as {@link Journal#written} counts it, is in the file. */
  long reached() {
    return reached;
  }

  /** Whether something was written that might not survive a loss of power. */
  boolean unsynced() {
    return unsynced;
  }

  /** Whether the file ends with whole commands and transactions. */
  boolean atBorder() {
    return slice == null && filter.atBorder();
  }

  /** Whether the file ends at a mark that its reader stops at. */
  boolean endsAt(JournalMark mark) {
    return read >= mark.position() && localRead >= mark.local() && atBorder();
  }

  /**
   * Writes what the journal has, at most so many slices.
   *
   * @param second as of {@link #append(long)}
   * @return whether there may be more
   */
  boolean append(int slices, long second) throws IOException {
    boolean more = true;
    for (int i = 0; more && i < slices; i++) {
      more = append(second);
    }
    return more;
  }

  /**
   * Writes some of what the journal has.
   *
   * @param second written between commands when it is another than before, -1 is never
   * @return false if there was nothing
   * @throws IOException if it could not be written; it is tried again at the next call
   */
  boolean append(long second) throws IOException {
    JournalSlice now = slice;
    if (now == null) {
      now = reader.take(SLICE_BYTES);
      if (now == null) {
        return false;
      }
      slice = now;
      filter.split(now.buffer(), second, parts);
      if (!begun && !parts.isEmpty()) {
        begun = true;
        if (selectedDb >= 0) {
          parts.addFirst(select(selectedDb));
        }
      }
    }
    if (!parts.isEmpty()) {
      write();
      parts.clear();
      unsynced = true;
    }
    read = reader.position();
    localRead = reader.localPosition();
    slice = null;
    now.close();
    if (atBorder()) {
      position = read;
      reached = read + localRead;
    }
    return true;
  }

  private static ByteBuffer select(int db) {
    String digits = Integer.toString(db);
    String text = "*2\r\n$6\r\nSELECT\r\n$" + digits.length() + "\r\n" + digits + "\r\n";
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private void write() throws IOException {
    parts.forEach(ByteBuffer::mark);
    long before = size;
    try {
      for (ByteBuffer part : parts) {
        while (part.hasRemaining()) {
          int left = part.remaining();
          file.write(part);
          size += left - part.remaining();
        }
      }
    } catch (IOException problem) {
      takeBack(before, problem);
      throw problem;
    }
  }

  private void takeBack(long before, IOException problem) {
    if (size == before) {
      return;
    }
    try {
      file.truncate(before);
      size = before;
      parts.forEach(ByteBuffer::reset);
    } catch (IOException again) {
      // What was written stays; the rest follows when the disk takes it.
      problem.addSuppressed(again);
      unsynced = true;
    }
  }

  /** Passes over what its reader has left up to the mark that it stops at. */
  void skipToMark() {
    for (JournalSlice left = slice; left != null; left = reader.take(SLICE_BYTES)) {
      left.close();
    }
    slice = null;
  }

  /** Says that what has been written until now survives a loss of power, or is about to. */
  void synced() {
    unsynced = false;
  }

  /** Says that what has been written may not survive a loss of power after all. */
  void unsynced(boolean yes) {
    unsynced = yes;
  }

  /** Makes what has been written survive a loss of power. Any thread. */
  void force() throws IOException {
    file.force();
  }

  /** Closes the file; its reader is closed by whoever opened it. */
  void close() throws IOException {
    JournalSlice left = slice;
    slice = null;
    if (left != null) {
      left.close();
    }
    file.close();
  }
}
