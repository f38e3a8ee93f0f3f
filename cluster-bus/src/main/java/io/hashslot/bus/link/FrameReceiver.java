package io.hashslot.bus.link;

import io.hashslot.bus.wire.BusFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cuts the bytes of one connection into frames. A stream that is no bus closes the connection. */
final class FrameReceiver extends ByteToMessageDecoder {
  private static final Logger LOG = LoggerFactory.getLogger(FrameReceiver.class);

  private final Links links;
  private final int maxFrameBytes;
  private final boolean inbound;
  private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
  private @Nullable Link link;

  /**
   * A receiver.
   *
   * @param inbound true: becomes a link when it is active; false: one is attached
   */
  FrameReceiver(Links links, int maxFrameBytes, boolean inbound) {
    this.links = links;
    this.maxFrameBytes = maxFrameBytes;
    this.inbound = inbound;
  }

  void attach(Link outbound) {
    link = outbound;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) throws Exception {
    if (inbound) {
      link = links.accepted(ctx.channel());
    }
    super.channelActive(ctx);
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    Link from = link;
    if (from == null || !links.isOpen(from)) {
      in.skipBytes(in.readableBytes());
      return;
    }
    if (links.isSilent() || in.readableBytes() < Integer.BYTES) {
      return;
    }
    view.wrap(in.nioBuffer());
    int length = BusFrame.frameLength(view, 0, view.capacity(), maxFrameBytes);
    if (length < 0) {
      LOG.warn(
          "Closing a cluster bus connection from {}: {}",
          ctx.channel().remoteAddress(),
          BusFrame.framingFault(length).reason());
      links.closeBroken(from);
    } else if (length > 0 && length <= view.capacity()) {
      links.received(from, view, length);
      in.skipBytes(length);
    }
  }

  /** Goes on with bytes that were left lying while the bus was silent. */
  void resume(ChannelHandlerContext ctx) throws Exception {
    channelRead(ctx, Unpooled.EMPTY_BUFFER);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    super.channelInactive(ctx);
    if (link != null) {
      links.broken(link);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("Cluster bus connection {} broke", ctx.channel(), cause);
    ChannelFuture _ = ctx.close();
  }
}
