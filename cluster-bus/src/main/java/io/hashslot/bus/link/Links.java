package io.hashslot.bus.link;

import io.hashslot.bus.core.Effect;
import io.hashslot.socket.SourceAddress;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of the bus by the core's numbers: listens, connects, sends, closes, and tells the
 * {@link Listener} what happens to them. Everything but the constructor and {@link #listen} runs on
 * the bus thread. A link that is closed from this side is forgotten first, so that nothing is heard
 * of it any more.
 */
final class Links {
  private static final Logger LOG = LoggerFactory.getLogger(Links.class);

  /** Hears of connections. May be called while effects are performed, but not for frames. */
  interface Listener {
    /** A peer has connected; returns the number of the link. */
    int accepted(String localIp, String remoteIp);

    /** An outbound link is there. */
    void up(int link, String localIp);

    /** A link is gone or could not be opened. */
    void down(int link);

    /** A frame; the buffer is valid until this returns. */
    void frame(int link, DirectBuffer buffer, int length);
  }

  private final EventLoop loop;
  private final BusTransport transport;
  private final BusOptions options;
  private final Listener listener;
  private final Int2ObjectHashMap<Link> open = new Int2ObjectHashMap<>();
  private final List<Channel> listening = new ArrayList<>();

  /** Links with frames written but not flushed. */
  private final ArrayList<Link> unflushed = new ArrayList<>();

  private boolean silent;

  Links(EventLoop loop, BusTransport transport, BusOptions options, Listener listener) {
    this.loop = loop;
    this.transport = transport;
    this.options = options;
    this.listener = listener;
  }

  /**
   * Binds the listening sockets; no connection is accepted before {@link #setAccepting}.
   *
   * @throws IOException if one cannot be bound
   */
  void listen() throws IOException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loop, loop)
            .channel(transport.serverChannel())
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    addTls(channel, options.tls().accepting());
                    channel.pipeline().addLast(new FrameReceiver(Links.this, maxFrame(), true));
                  }
                });
    List<String> addresses = options.bindAddresses();
    if (addresses.isEmpty()) {
      listenEverywhere(bootstrap);
    }
    for (String address : addresses) {
      boolean optional = address.startsWith("-");
      String host = optional ? address.substring(1) : address;
      try {
        listen(bootstrap, new InetSocketAddress(InetAddress.getByName(host), options.port()));
      } catch (IOException e) {
        if (!optional) {
          throw e;
        }
        LOG.debug("Not listening for the cluster bus on {}", host, e);
      }
    }
    if (listening.isEmpty()) {
      throw new IOException("cannot listen for the cluster bus on any of " + addresses);
    }
  }

  /** One socket takes connections of both kinds, where there is IPv6. */
  private void listenEverywhere(ServerBootstrap bootstrap) throws IOException {
    try {
      listen(bootstrap, new InetSocketAddress("::", options.port()));
    } catch (IOException _) {
      listen(bootstrap, new InetSocketAddress("0.0.0.0", options.port()));
    }
  }

  private void listen(ServerBootstrap bootstrap, InetSocketAddress address) throws IOException {
    ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
    Throwable cause = bound.cause();
    if (cause != null) {
      throw new IOException("cannot listen for the cluster bus on " + address, cause);
    }
    listening.add(bound.channel());
  }

  /** The port the first socket listens on. */
  int port() {
    return ((InetSocketAddress) listening.getFirst().localAddress()).getPort();
  }

  private int maxFrame() {
    return options.maxFrameBytes();
  }

  /** Starts or stops accepting; those who come meanwhile wait in the system's queue. */
  void setAccepting(boolean accepting) {
    for (Channel channel : listening) {
      channel.config().setAutoRead(accepting);
    }
  }

  /** While silent nothing is read; bytes that have arrived already are kept. */
  void setSilent(boolean silent) {
    this.silent = silent;
    for (Link link : snapshot()) {
      link.channel().config().setAutoRead(!silent);
      ChannelHandlerContext receiver = link.channel().pipeline().context(FrameReceiver.class);
      if (!silent && receiver != null) {
        try {
          ((FrameReceiver) receiver.handler()).resume(receiver);
        } catch (Exception e) {
          receiver.fireExceptionCaught(e);
        }
      }
    }
  }

  boolean isSilent() {
    return silent;
  }

  /** Opens an outbound link; what comes of it is told later, never before this returns. */
  void connect(Effect.Connect connect, int timeoutMs) {
    InetSocketAddress remote;
    try {
      remote = new InetSocketAddress(literal(connect.ip()), connect.busPort());
    } catch (IOException | IllegalArgumentException e) {
      LOG.debug("No link {} to {}: {}", connect.link(), connect.node(), e.getMessage());
      loop.execute(() -> listener.down(connect.link()));
      return;
    }
    FrameReceiver receiver = new FrameReceiver(this, maxFrame(), false);
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(transport.channel())
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMs)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    addTls(channel, options.tls().connecting(connect.ip(), connect.busPort()));
                    channel.pipeline().addLast(receiver);
                  }
                });
    ChannelFuture connecting =
        bootstrap.connect(
            remote, SourceAddress.towards(connect.ip(), options.sourceAddress().get()));
    Link link = new Link(connect.link(), connecting.channel());
    receiver.attach(link);
    open.put(link.number(), link);
    connecting.addListener(done -> loop.execute(() -> connected(link, done)));
  }

  private void connected(Link link, Future<?> done) {
    SslHandler tls = link.channel().pipeline().get(SslHandler.class);
    if (!done.isSuccess()) {
      broken(link);
    } else if (tls == null) {
      up(link);
    } else {
      tls.handshakeFuture().addListener(shaken -> loop.execute(() -> secured(link, shaken)));
    }
  }

  private void secured(Link link, Future<?> shaken) {
    if (shaken.isSuccess()) {
      up(link);
    } else {
      LOG.debug("No TLS with {}", link.channel().remoteAddress(), shaken.cause());
      link.close();
      broken(link);
    }
  }

  private void up(Link link) {
    if (isOpen(link) && link.channel().isActive()) {
      link.up();
      listener.up(link.number(), ip(link.channel().localAddress()));
      link.flush();
    }
  }

  /** Called by the receiver of a new inbound connection. */
  Link accepted(Channel channel) {
    int number = listener.accepted(ip(channel.localAddress()), ip(channel.remoteAddress()));
    Link link = new Link(number, channel);
    link.up();
    channel.config().setAutoRead(!silent);
    open.put(number, link);
    return link;
  }

  void received(Link link, DirectBuffer buffer, int length) {
    listener.frame(link.number(), buffer, length);
  }

  /** The connection has ended by itself. */
  void broken(Link link) {
    if (isOpen(link)) {
      open.remove(link.number());
      listener.down(link.number());
    }
  }

  /** Closes a link for a reason the core does not know yet. */
  void closeBroken(Link link) {
    link.close();
    broken(link);
  }

  boolean isOpen(Link link) {
    return open.get(link.number()) == link;
  }

  /** Closes a link the core has forgotten already. */
  void close(int number) {
    Link link = open.remove(number);
    if (link != null) {
      link.flush();
      link.close();
    }
  }

  /** Queues a frame; frames for links that are gone are dropped. */
  void send(int number, DirectBuffer frame) {
    Link link = open.get(number);
    if (link != null) {
      link.send(frame);
      unflushed.add(link);
    }
  }

  /** Hands everything queued to the system. */
  void flush() {
    for (Link link : unflushed) {
      link.flush();
    }
    unflushed.clear();
  }

  /**
   * Closes all links with more than this many bytes queued.
   *
   * @return how many
   */
  int closeAbove(long limitBytes) {
    int closed = 0;
    for (Link link : snapshot()) {
      if (link.queuedBytes() > limitBytes) {
        LOG.warn(
            "Closing the cluster bus link {} to {}: {} bytes are queued, more than the limit",
            link.number(),
            link.channel().remoteAddress(),
            link.queuedBytes());
        closeBroken(link);
        closed++;
      }
    }
    return closed;
  }

  /** How full the links are. */
  List<LinkGauge> gauges() {
    return open.values().stream().map(l -> new LinkGauge(l.number(), l.queuedBytes())).toList();
  }

  /** Bytes queued on all links. */
  long queuedBytes() {
    long sum = 0;
    for (Link link : open.values()) {
      sum += link.queuedBytes();
    }
    return sum;
  }

  void closeAll() {
    for (Channel channel : listening) {
      ChannelFuture _ = channel.close();
    }
    for (Link link : snapshot()) {
      close(link.number());
    }
  }

  /** Whoever walks over the links may cause one to be closed. */
  private List<Link> snapshot() {
    return new ArrayList<>(open.values());
  }

  private static void addTls(Channel channel, @Nullable SSLEngine tls) {
    if (tls != null) {
      channel.pipeline().addLast(new SslHandler(tls));
    }
  }

  /** No names: to resolve one would block the thread. */
  private static InetAddress literal(String ip) throws UnknownHostException {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(ip);
    if (bytes == null) {
      throw new UnknownHostException("'" + ip + "' is no IP address");
    }
    return InetAddress.getByAddress(bytes);
  }

  /** In the form in which the C servers write and compare addresses: RFC 5952. */
  private static String ip(@Nullable SocketAddress address) {
    if (!(address instanceof InetSocketAddress socket)) {
      return "";
    }
    try {
      // Once through the bytes: an IPv4 address that comes as IPv6 becomes plain again.
      return NetUtil.toAddressString(InetAddress.getByAddress(socket.getAddress().getAddress()));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address is 4 or 16 bytes long", e);
    }
  }
}
