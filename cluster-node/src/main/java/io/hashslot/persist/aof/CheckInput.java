package io.hashslot.persist.aof;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/** A file that is read from its start, byte for byte and line for line, with offsets. */
final class CheckInput {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int NONE = -1;

  private final FileChannel channel;
  private final long size;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);

  /** Offset in the file of what stands at the buffer's end. */
  private long end;

  CheckInput(FileChannel channel) throws IOException {
    this.channel = channel;
    size = channel.size();
  }

  long size() {
    return size;
  }

  /** Offset of the next byte. */
  long offset() {
    return end - buffer.remaining();
  }

  /** Goes on elsewhere. */
  void goTo(long offset) {
    if (offset >= end - buffer.limit() && offset <= end) {
      buffer.position((int) (offset - (end - buffer.limit())));
    } else {
      buffer.limit(0);
      end = offset;
    }
  }

  /** Returns the next byte, 0 to 255, and stays before it; -1 at the end. */
  int peek() throws IOException {
    if (!buffer.hasRemaining()) {
      buffer.clear();
      int read = channel.read(buffer, end);
      buffer.flip();
      if (read <= 0) {
        return NONE;
      }
      end += read;
    }
    return buffer.get(buffer.position()) & 0xff;
  }

  /** Reads up to and with the next line feed, or so many bytes, or what is left. */
  byte[] line(int most) throws IOException {
    byte[] line = new byte[most];
    int length = 0;
    while (length < most && peek() != NONE) {
      line[length++] = buffer.get();
      if (line[length - 1] == '\n') {
        break;
      }
    }
    return Arrays.copyOf(line, length);
  }

  /** Reads so many bytes; fewer if the file ends. */
  byte[] bytes(int count) throws IOException {
    byte[] bytes = new byte[count];
    int length = 0;
    while (length < count && peek() != NONE) {
      int n = Math.min(count - length, buffer.remaining());
      buffer.get(bytes, length, n);
      length += n;
    }
    return Arrays.copyOf(bytes, length);
  }
}
