package io.hashslot.bus.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.ArrayDeque;
import org.agrona.DirectBuffer;

/** One connection of the bus. Frames for a link that is not up yet wait until it is. */
final class Link {
  private final int number;
  private final Channel channel;
  private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private boolean up;
  private boolean dirty;

  Link(int number, Channel channel) {
    this.number = number;
    this.channel = channel;
  }

  int number() {
    return number;
  }

  Channel channel() {
    return channel;
  }

  /** The connection is there: what waits is written, but not yet flushed. */
  void up() {
    up = true;
    for (ByteBuf frame; (frame = waiting.poll()) != null; ) {
      write(frame);
    }
    waitingBytes = 0;
  }

  /** Queues a whole frame; {@link #flush} hands it to the system. */
  void send(DirectBuffer frame) {
    ByteBuf bytes = bytesOf(frame);
    if (up) {
      write(bytes);
    } else {
      waiting.add(bytes);
      waitingBytes += bytes.readableBytes();
    }
  }

  private void write(ByteBuf frame) {
    dirty = true;
    // Nobody waits for the outcome: a write that fails closes the channel, and that is heard of.
    ChannelFuture _ = channel.write(frame);
  }

  /** The frame itself, not a copy: nobody changes a frame that has been handed out. */
  private static ByteBuf bytesOf(DirectBuffer frame) {
    byte[] array = frame.byteArray();
    if (array != null) {
      return Unpooled.wrappedBuffer(array, frame.wrapAdjustment(), frame.capacity());
    }
    byte[] copy = new byte[frame.capacity()];
    frame.getBytes(0, copy);
    return Unpooled.wrappedBuffer(copy);
  }

  /** Hands to the system what has been queued since the last flush. */
  void flush() {
    if (dirty) {
      dirty = false;
      channel.flush();
    }
  }

  /** Bytes the system has not taken yet. */
  long queuedBytes() {
    ChannelOutboundBuffer queue = channel.unsafe().outboundBuffer();
    return waitingBytes + (queue == null ? 0 : queue.totalPendingWriteBytes());
  }

  void close() {
    waiting.clear();
    waitingBytes = 0;
    ChannelFuture _ = channel.close();
  }
}
