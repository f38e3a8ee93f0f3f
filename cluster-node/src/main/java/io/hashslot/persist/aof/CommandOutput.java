package io.hashslot.persist.aof;

import io.hashslot.memory.Memory;
import io.hashslot.resp.Decimal;
import io.hashslot.resp.Output;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import org.agrona.BufferUtil;

/**
 * Writes commands, arrays of bulk strings, to a channel, through one buffer. Long strings pass in
 * portions, so the buffer never grows.
 */
final class CommandOutput extends Output implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int PORTION_BYTES = 16 * 1024;

  private final WritableByteChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private long flushed;

  CommandOutput(WritableByteChannel channel) {
    this.channel = channel;
    address = BufferUtil.address(buffer);
    capacity = BUFFER_BYTES;
  }

  /** Begins a command with its name, ASCII; so many arguments must follow. */
  CommandOutput command(String name, long arguments) {
    put((byte) '*');
    putDecimal(arguments + 1);
    putLineEnd();
    return text(name);
  }

  /** An argument from native memory. */
  CommandOutput bytes(long source, int length) {
    header(length);
    for (int at = 0; at < length; at += PORTION_BYTES) {
      put(source + at, Math.min(PORTION_BYTES, length - at));
    }
    putLineEnd();
    return this;
  }

  /** An argument of arbitrary bytes. */
  CommandOutput bytes(byte[] source) {
    header(source.length);
    for (int at = 0; at < source.length; at += PORTION_BYTES) {
      int n = Math.min(PORTION_BYTES, source.length - at);
      Memory.copy(source, at, reserve(n), n);
      advance(n);
    }
    putLineEnd();
    return this;
  }

  /** An argument of a short text, ASCII. */
  CommandOutput text(String ascii) {
    return bytes(ascii.getBytes(StandardCharsets.US_ASCII));
  }

  /** An argument that is the decimal text of a number. */
  CommandOutput number(long value) {
    header(Decimal.length(value));
    putDecimal(value);
    putLineEnd();
    return this;
  }

  /** Hands everything to the channel. */
  void flush() {
    buffer.position(0).limit(position());
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    flushed += position();
    position(0);
  }

  /** Bytes written so far, buffered ones included. */
  long bytesWritten() {
    return flushed + position();
  }

  @Override
  protected void grow(int more) {
    flush();
    if (more > capacity) {
      throw new IllegalArgumentException(more + " bytes at once do not fit into " + capacity);
    }
  }

  @Override
  public void close() {
    BufferUtil.free(buffer);
    address = 0;
    capacity = 0;
  }

  private void header(long length) {
    put((byte) '$');
    putDecimal(length);
    putLineEnd();
  }
}
