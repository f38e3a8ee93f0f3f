package io.hashslot.net;

import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringServerDomainSocketChannel;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import java.util.Locale;
import java.util.Map;

/** How sockets are driven; the directive {@code io-transport}. */
public enum Transport {
  /** Completion rings; needs a kernel that permits them. */
  IO_URING,
  /** Linux readiness events. */
  EPOLL,
  /** The JDK's selector; works everywhere. */
  NIO;

  /**
   * Returns the transport for a value of {@code io-transport}.
   *
   * @param name {@code auto}, {@code io_uring}, {@code epoll} or {@code nio}
   * @param unixSockets whether unix sockets are served, too; {@code auto} then avoids what does
   *     that {@linkplain #losesEndsOfUnixSockets worse}
   * @throws IllegalArgumentException if the machine does not offer what was asked for by name
   */
  public static Transport of(String name, boolean unixSockets) {
    if (name.equals("auto")) {
      boolean uring = IoUring.isAvailable() && !(unixSockets && Epoll.isAvailable());
      return uring ? IO_URING : Epoll.isAvailable() ? EPOLL : NIO;
    }
    Transport transport = valueOf(name.toUpperCase(Locale.ROOT));
    Throwable missing =
        switch (transport) {
          case IO_URING -> IoUring.unavailabilityCause();
          case EPOLL -> Epoll.unavailabilityCause();
          case NIO -> null;
        };
    if (missing != null) {
      throw new IllegalArgumentException(
          "io-transport " + name + " is not available here: " + missing.getMessage(), missing);
    }
    return transport;
  }

  /**
   * Whether a unix socket is closed as soon as its peer sends no more, though requests and replies
   * are still under way. Netty (seen with 4.2.20) knows half-closed channels of io_uring for TCP
   * only.
   */
  public boolean losesEndsOfUnixSockets() {
    return this == IO_URING;
  }

  IoHandlerFactory ioHandlers() {
    return switch (this) {
      case IO_URING -> {
        IoUringIoHandlerConfig config = new IoUringIoHandlerConfig();
        if (IoUring.isRegisterBufferRingSupported()) {
          config.setBufferRingConfig(UringBuffers.ring());
        }
        yield IoUringIoHandler.newFactory(config);
      }
      case EPOLL -> EpollIoHandler.newFactory();
      case NIO -> NioIoHandler.newFactory();
    };
  }

  /** For a loop that only takes connections in, and receives nothing. */
  IoHandlerFactory acceptHandler() {
    return this == IO_URING ? IoUringIoHandler.newFactory() : ioHandlers();
  }

  Class<? extends ServerChannel> serverChannel() {
    return switch (this) {
      case IO_URING -> IoUringServerSocketChannel.class;
      case EPOLL -> EpollServerSocketChannel.class;
      case NIO -> NioServerSocketChannel.class;
    };
  }

  Class<? extends ServerChannel> unixServerChannel() {
    return switch (this) {
      case IO_URING -> IoUringServerDomainSocketChannel.class;
      case EPOLL -> EpollServerDomainSocketChannel.class;
      case NIO -> NioServerDomainSocketChannel.class;
    };
  }

  /** Returns the options that let the system probe silent peers; NIO only knows that it shall. */
  Map<ChannelOption<?>, Object> keepAlive(int seconds) {
    if (seconds == 0) {
      return Map.of(ChannelOption.SO_KEEPALIVE, false);
    }
    int interval = Math.max(1, seconds / 3);
    return switch (this) {
      case IO_URING ->
          Map.of(
              ChannelOption.SO_KEEPALIVE,
              true,
              IoUringChannelOption.TCP_KEEPIDLE,
              seconds,
              IoUringChannelOption.TCP_KEEPINTVL,
              interval,
              IoUringChannelOption.TCP_KEEPCNT,
              3);
      case EPOLL ->
          Map.of(
              ChannelOption.SO_KEEPALIVE,
              true,
              EpollChannelOption.TCP_KEEPIDLE,
              seconds,
              EpollChannelOption.TCP_KEEPINTVL,
              interval,
              EpollChannelOption.TCP_KEEPCNT,
              3);
      case NIO -> Map.of(ChannelOption.SO_KEEPALIVE, true);
    };
  }

  /** Returns the class of channels for outgoing connections. */
  public Class<? extends SocketChannel> clientChannel() {
    return switch (this) {
      case IO_URING -> IoUringSocketChannel.class;
      case EPOLL -> EpollSocketChannel.class;
      case NIO -> NioSocketChannel.class;
    };
  }
}
