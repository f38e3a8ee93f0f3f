package io.hashslot.replication;

import io.hashslot.resp.client.ConnectOptions;
import io.hashslot.session.Traffic;
import io.hashslot.socket.SourceAddress;
import io.hashslot.time.Clock;
import io.hashslot.tls.TlsContext;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
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
  private final ConnectOptions options;
  private @Nullable ChannelFuture connecting;
  private @Nullable UpstreamListener owner;
  private boolean closed;

  /**
   * @param settings asked now for what encrypts the connection and where it comes from
   */
  UpstreamChannel(Clock clock, Traffic traffic, ReplicationSettings settings) {
    this.clock = clock;
    this.traffic = traffic;
    options = settings.connecting();
  }

  /**
   * Connects.
   *
   * @param connected runs when the connection stands, and both ends have agreed on TLS
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
    TlsContext tls = options.tls();
    Bootstrap bootstrap =
        new Bootstrap()
            .group(group)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMs)
            .handler(tls == null ? this : over(tls, primary, timeoutMs));
    bootstrap.localAddress(SourceAddress.towards(primary.host(), options.source()));
    ChannelFuture connection = bootstrap.connect(primary.host(), primary.port());
    connecting = connection;
    connection.addListener(
        future -> {
          SslHandler handshake = connection.channel().pipeline().get(SslHandler.class);
          if (future.isSuccess() && handshake != null) {
            handshake.handshakeFuture().addListener(agreed -> end(agreed, connected, failed));
          } else {
            end(future, connected, failed);
          }
        });
  }

  private ChannelHandler over(TlsContext context, PrimaryEndpoint primary, int timeoutMs) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        SslHandler handler = new SslHandler(context.connecting(primary.host(), primary.port()));
        handler.setHandshakeTimeoutMillis(timeoutMs);
        channel.pipeline().addLast(handler, UpstreamChannel.this);
      }
    };
  }

  private void end(Future<?> attempt, Runnable connected, Consumer<String> failed) {
    if (closed) {
      return;
    }
    if (attempt.isSuccess()) {
      connected.run();
    } else {
      String reason = attempt.cause().getMessage();
      failed.accept(reason == null ? "connection closed" : reason);
    }
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
