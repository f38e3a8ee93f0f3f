package io.hashslot.persist.aof;

import io.hashslot.memory.Memory;
import io.hashslot.resp.Request;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.agrona.BufferUtil;

/**
 * Reads commands from a file, one after the other. Strict, so that damage is not taken for data:
 * arrays of bulk strings with CR LF behind every part, and annotations, lines that begin with
 * {@code #}, between commands. Only a file that is right as far as it goes counts as cut off.
 *
 * <p>Memory is bounded by the largest command that really is in the file, whatever lengths it
 * claims.
 */
final class CommandScanner implements AutoCloseable {
  /** What {@link #next} has come to. */
  enum Found {
    /** A command. */
    COMMAND,
    /** The end of the file, right behind a command or an annotation. */
    END,
    /** The end of the file, within a command or an annotation. */
    CUT_OFF
  }

  /** Longest annotation, its end included, in bytes. */
  static final int MAX_ANNOTATION_BYTES = 1024;

  private static final int READ_BYTES = 1 << 20;

  /** A command must fit into a window whose offsets are numbers of 31 bits. */
  private static final int MOST_BYTES = Integer.MAX_VALUE - READ_BYTES;

  /** Nothing can be told before more has been read. */
  private static final int MORE = -1;

  private final FileChannel channel;
  private final Request request = new Request();
  private final ByteBuffer input = ByteBuffer.allocateDirect(READ_BYTES);
  private int capacity = 2 * READ_BYTES;

  /** The window on the file. */
  private long address = Memory.allocate(capacity);

  /** Offset in the file of the first byte in the window. */
  private long base;

  private int limit;

  /** Where the present command begins, and where what follows it does. */
  private int start;

  private int position;

  /** Where parsing is; set by the methods that read a part. */
  private int at;

  /**
   * @param offset where in the file to begin, in bytes
   */
  CommandScanner(FileChannel channel, long offset) throws IOException {
    this.channel = channel;
    base = offset;
    channel.position(offset);
  }

  /**
   * Reads on to the next command.
   *
   * @throws BadFormatException if something else stands there
   */
  Found next() throws IOException {
    while (true) {
      start = position;
      at = position;
      int kind = at < limit ? element() : MORE;
      if (kind == MORE) {
        if (!fill()) {
          return position == limit ? Found.END : Found.CUT_OFF;
        }
      } else {
        position = at;
        if (kind == '*') {
          return Found.COMMAND;
        }
      }
    }
  }

  /** Returns the command that was found; valid until the next one is looked for. */
  Request request() {
    return request;
  }

  /** Returns where the present command stands in memory. */
  long rawAddress() {
    return address + start;
  }

  /** Returns how long the present command is, in bytes. */
  int rawLength() {
    return position - start;
  }

  /** Returns where the present command begins in the file, or what follows the last one. */
  long startOffset() {
    return base + start;
  }

  /** Returns where what has been read completely ends in the file. */
  long endOffset() {
    return base + position;
  }

  @Override
  public void close() {
    BufferUtil.free(input);
    Memory.free(address);
    address = 0;
  }

  /** Reads one command or annotation; returns its first byte, or {@link #MORE}. */
  private int element() throws BadFormatException {
    byte first = Memory.getByte(address + at);
    return switch (first) {
      case '*' -> command() ? first : MORE;
      case '#' -> annotation() ? first : MORE;
      default -> throw bad();
    };
  }

  private boolean annotation() throws BadFormatException {
    int end = Math.min(limit, start + MAX_ANNOTATION_BYTES);
    while (at < end) {
      if (Memory.getByte(address + at++) == '\n') {
        return true;
      }
    }
    if (at - start >= MAX_ANNOTATION_BYTES) {
      throw bad();
    }
    return false;
  }

  private boolean command() throws BadFormatException {
    int count = number('*');
    if (count == MORE) {
      return false;
    }
    if (count == 0) {
      throw bad();
    }
    request.view(address + start);
    for (int i = 0; i < count; i++) {
      int length = number('$');
      if (length == MORE) {
        return false;
      }
      int argument = at;
      if (limit - at < length + 2L) {
        // What is there of its end can be wrong already.
        if (limit - at == length + 1L) {
          expect('\r', at + length);
        }
        return false;
      }
      expect('\r', at + length);
      expect('\n', at + length + 1);
      request.add(argument - start, length);
      at += length + 2;
    }
    return true;
  }

  /** Reads a type, a number of at most ten digits, CR and LF. */
  private int number(char type) throws BadFormatException {
    if (at == limit) {
      return MORE;
    }
    expect(type, at++);
    long value = 0;
    for (int digits = 0; at < limit; digits++) {
      int digit = Memory.getByte(address + at) - '0';
      if (digit < 0 || digit > 9) {
        if (digits == 0) {
          throw bad();
        }
        expect('\r', at++);
        if (at == limit) {
          return MORE;
        }
        expect('\n', at++);
        return (int) value;
      }
      value = value * 10 + digit;
      if (value > Integer.MAX_VALUE) {
        throw bad();
      }
      at++;
    }
    return MORE;
  }

  private void expect(char wanted, int where) throws BadFormatException {
    if (Memory.getByte(address + where) != wanted) {
      throw bad();
    }
  }

  private BadFormatException bad() {
    return new BadFormatException("no command", base + start);
  }

  /** Reads more of the file behind what is there; false at its end. */
  private boolean fill() throws IOException {
    if (start > 0) {
      int kept = limit - start;
      if (kept > 0) {
        Memory.copy(address + start, address, kept);
      }
      base += start;
      limit = kept;
      position -= start;
      start = 0;
    }
    if (capacity - limit < READ_BYTES) {
      grow();
    }
    input.clear();
    int read = channel.read(input);
    if (read <= 0) {
      return false;
    }
    Memory.copy(BufferUtil.address(input), address + limit, read);
    limit += read;
    return true;
  }

  private void grow() throws BadFormatException {
    if (limit > MOST_BYTES) {
      throw bad();
    }
    capacity = (int) Math.min(Integer.MAX_VALUE, capacity * 2L);
    address = Memory.reallocate(address, capacity);
  }
}
