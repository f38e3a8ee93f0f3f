package io.hashslot.replication;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.UnsafeApi;

/**
 * Cuts the snapshot out of the bytes that follow the handshake: {@code $<length>} and that many
 * bytes, or {@code $EOF:<mark>} and bytes until the mark of 40 characters. Blank lines before the
 * header are signs of life. A pure machine.
 *
 * <p>Behind a length the stream may follow at once; behind a mark nothing comes until the replica
 * has acknowledged, so the mark is found by comparing the last 40 bytes after each arrival.
 */
public final class SnapshotTransfer {
  private static final int MARK_BYTES = 40;
  private static final int LONGEST_HEADER = 128;
  private static final long BYTES = UnsafeApi.arrayBaseOffset(byte[].class);

  /** Takes the snapshot's bytes. */
  @FunctionalInterface
  public interface Sink {
    /** Some bytes, in native memory that is valid during the call. */
    void write(long address, int length) throws IOException;
  }

  private final Sink sink;
  private final StringBuilder header = new StringBuilder();
  private boolean headerRead;
  private byte[] mark = new byte[0];
  private long totalBytes = -1;
  private long readBytes;

  /** The last bytes that came, held back because they may be the mark. */
  private final long tail = UnsafeApi.allocateMemory(MARK_BYTES);

  private int tailLength;
  private boolean done;
  private boolean closed;

  /** A transfer into {@code sink}. */
  public SnapshotTransfer(Sink sink) {
    this.sink = sink;
  }

  /**
   * Takes what has arrived.
   *
   * @return how many of the bytes belong to the transfer; less than {@code length} only when it is
   *     {@link #done}
   * @throws IOException if the primary reports an error or speaks nonsense, or from the sink
   */
  public int receive(long address, int length) throws IOException {
    int at = 0;
    while (!headerRead && at < length) {
      headerByte((char) (UnsafeApi.getByte(address + at++) & 0xff));
    }
    if (!headerRead || done) {
      return at;
    }
    if (mark.length == 0) {
      return at + counted(address + at, length - at);
    }
    marked(address + at, length - at);
    return length;
  }

  /** True once the whole snapshot went to the sink. */
  public boolean done() {
    return done;
  }

  /** Bytes of the snapshot announced, -1 if unknown. */
  public long totalBytes() {
    return totalBytes;
  }

  /** Bytes of the snapshot received so far. */
  public long readBytes() {
    return readBytes;
  }

  /** Gives the memory back. */
  public void close() {
    if (!closed) {
      closed = true;
      UnsafeApi.freeMemory(tail);
    }
  }

  private void headerByte(char c) throws IOException {
    if (c != '\n') {
      if (c != '\r') {
        header.append(c);
      }
      if (header.length() > LONGEST_HEADER) {
        throw new IOException("no header of a snapshot: " + header);
      }
      return;
    }
    String line = header.toString();
    header.setLength(0);
    if (line.isEmpty()) {
      return;
    }
    if (line.startsWith("$EOF:") && line.length() == 5 + MARK_BYTES) {
      mark = line.substring(5).getBytes(StandardCharsets.ISO_8859_1);
    } else if (line.matches("\\$[0-9]{1,18}")) {
      totalBytes = Long.parseLong(line.substring(1));
      done = totalBytes == 0;
    } else {
      throw new IOException("no header of a snapshot: " + line);
    }
    headerRead = true;
  }

  private int counted(long address, int length) throws IOException {
    int n = (int) Math.min(length, totalBytes - readBytes);
    if (n > 0) {
      sink.write(address, n);
      readBytes += n;
    }
    done = readBytes == totalBytes;
    return n;
  }

  private void marked(long address, int length) throws IOException {
    int free = tailLength + length - MARK_BYTES; // so many bytes cannot belong to the mark any more
    if (free > 0) {
      int fromTail = Math.min(free, tailLength);
      if (fromTail > 0) {
        sink.write(tail, fromTail);
        UnsafeApi.copyMemory(tail + fromTail, tail, tailLength - fromTail);
        tailLength -= fromTail;
      }
      int direct = free - fromTail;
      if (direct > 0) {
        sink.write(address, direct);
      }
      readBytes += free;
      UnsafeApi.copyMemory(address + direct, tail + tailLength, length - direct);
      tailLength += length - direct;
    } else {
      UnsafeApi.copyMemory(address, tail + tailLength, length);
      tailLength += length;
    }
    done = tailLength == MARK_BYTES && tailIsMark();
  }

  private boolean tailIsMark() {
    byte[] last = new byte[MARK_BYTES];
    UnsafeApi.copyMemory(null, tail, last, BYTES, MARK_BYTES);
    return Arrays.equals(last, mark);
  }
}
