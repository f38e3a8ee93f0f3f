package io.hashslot.persist.rdb;

import io.hashslot.resp.Output;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.agrona.BufferUtil;

/**
 * An output over one fixed buffer that goes to a channel whenever it is full. Counts and checks
 * what passes.
 */
final class ChannelOutput extends Output implements AutoCloseable {
  private final ByteBuffer buffer;
  private final WritableByteChannel channel;
  private final boolean checksum;
  private long flushed;
  private long crc;

  ChannelOutput(WritableByteChannel channel, int bufferBytes, boolean checksum) {
    this.channel = channel;
    this.checksum = checksum;
    buffer = ByteBuffer.allocateDirect(bufferBytes);
    address = BufferUtil.address(buffer);
    capacity = bufferBytes;
  }

  @Override
  protected void grow(int more) {
    flush();
    if (more > capacity) {
      throw new IllegalArgumentException(more + " bytes at once do not fit into " + capacity);
    }
  }

  /** Hands everything to the channel. */
  void flush() {
    crc();
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
    checked = 0;
  }

  /** Bytes of the buffer that the checksum already covers. */
  private int checked;

  /** Checksum of everything written so far, 0 if switched off. */
  long crc() {
    if (checksum) {
      crc = Crc64.update(crc, address + checked, position() - checked);
      checked = position();
    }
    return crc;
  }

  long bytes() {
    return flushed + position();
  }

  @Override
  public void close() {
    BufferUtil.free(buffer);
    address = 0;
    capacity = 0;
  }
}
