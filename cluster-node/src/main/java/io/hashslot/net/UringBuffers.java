package io.hashslot.net;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringBufferRingConfig;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringFixedBufferRingAllocator;
import java.util.Map;

/** The ring of receive buffers that a loop's sockets share under io_uring. */
final class UringBuffers {
  private static final short GROUP = 1;
  private static final short BUFFERS = 256;
  private static final int BUFFER_BYTES = 16 * 1024;

  private UringBuffers() {}

  static IoUringBufferRingConfig ring() {
    return IoUringBufferRingConfig.builder()
        .bufferGroupId(GROUP)
        .bufferRingSize(BUFFERS)
        .batchSize(BUFFERS / 2)
        .incremental(false)
        .allocator(
            new IoUringFixedBufferRingAllocator(PooledByteBufAllocator.DEFAULT, BUFFER_BYTES))
        .build();
  }

  /** Returns the socket options that make sockets receive into the ring. */
  static Map<ChannelOption<?>, Object> socketOptions() {
    return IoUring.isRegisterBufferRingSupported()
        ? Map.of(IoUringChannelOption.IO_URING_BUFFER_GROUP_ID, GROUP)
        : Map.of();
  }
}
