package io.hashslot.replication;

import io.hashslot.session.Traffic;
import io.hashslot.time.Clock;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A socket to the primary: bytes to its {@link UpstreamListener}, bytes from it. Confined to the
 * replication loop.
 */
final class UpstreamChannel extends ChannelInboundHandlerAdapter implements PrimaryLink.Wire {
  private final Clock clock;
  private final Traffic traffic;
  private @Nullable ChannelFuture connecting;
  private @Nullable UpstreamListener owner;
  private boolean closed;

  UpstreamChannel(Clock clock, Traffic traffic) {
    this.clock = clock;
    this.traffic = traffic;
  }

  /**
   * Connects.
   *
   * @param connected runs when the connection stands
   * @param failed hears why it does not
   */
  void connect(
      EventLoopGroup group,
      PrimaryEndpoint primary,
      int timeoutMs,
      UpstreamListener hears,
      Runnable connected,
      Consumer<String> failed) {
    owner = hears;
    connecting =
        new Bootstrap()
            .group(group)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMs)
            .handler(this)
            .connect(primary.host(), primary.port());
    connecting.addListener(
        future -> {
          if (closed) {
            return;
          }
          if (future.isSuccess()) {
            connected.run();
          } else {
            failed.accept(String.valueOf(future.cause().getMessage()));
          }
        });
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    traffic.read(in.readableBytes());
    try {
      UpstreamListener hears = owner;
      if (hears == null || closed) {
        return;
      }
      if (in.hasMemoryAddress()) {
        hears.received(
            in.memoryAddress() + in.readerIndex(), in.readableBytes(), clock.monotonicNs());
      } else {
        ByteBuf direct = ctx.alloc().directBuffer(in.readableBytes()).writeBytes(in);
        try {
          hears.received(direct.memoryAddress(), direct.readableBytes(), clock.monotonicNs());
        } finally {
          direct.release();
        }
      }
    } finally {
      in.release();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (!closed && owner != null) {
      owner.closed("connection closed");
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable problem) {
    if (!closed && owner != null) {
      owner.closed(String.valueOf(problem.getMessage()));
    }
    ctx.close();
  }

  @Override
  public void send(byte[] bytes) {
    if (connecting != null && !closed) {
      traffic.wrote(bytes.length);
      connecting
          .channel()
          .writeAndFlush(Unpooled.wrappedBuffer(bytes), connecting.channel().voidPromise());
    }
  }

  @Override
  public void reading(boolean on) {
    if (connecting != null && !closed) {
      connecting.channel().config().setAutoRead(on);
    }
  }

  @Override
  public String peer() {
    return connecting == null ? "" : text(connecting.channel().remoteAddress());
  }

  @Override
  public String local() {
    return connecting == null ? "" : text(connecting.channel().localAddress());
  }

  private static String text(@Nullable SocketAddress address) {
    return address instanceof InetSocketAddress inet
        ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
        : "";
  }

  @Override
  public void close() {
    closed = true;
    if (connecting != null) {
      connecting.channel().close();
    }
  }
}
