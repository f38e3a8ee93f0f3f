package io.hashslot.bus.link;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * Which of Netty's ways to reach the sockets: epoll where there is one, else the JDK's.
 *
 * @param handlers makes the event loop
 * @param channel for outbound connections
 * @param serverChannel to listen
 */
record BusTransport(
    IoHandlerFactory handlers,
    Class<? extends Channel> channel,
    Class<? extends ServerChannel> serverChannel) {
  static BusTransport best() {
    return Epoll.isAvailable()
        ? new BusTransport(
            EpollIoHandler.newFactory(), EpollSocketChannel.class, EpollServerSocketChannel.class)
        : new BusTransport(
            NioIoHandler.newFactory(), NioSocketChannel.class, NioServerSocketChannel.class);
  }
}
