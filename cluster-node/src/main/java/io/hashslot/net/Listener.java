package io.hashslot.net;

import io.hashslot.session.Engine;
import io.hashslot.session.Loop;
import io.hashslot.session.ReplyGate;
import io.hashslot.session.Sessions;
import io.hashslot.time.Clock;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.Closeable;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loops of a node and the sockets they listen on. */
public final class Listener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

  /** Begins as Redis' text does, by which clients know it; what to do is said more briefly. */
  private static final String PROTECTED =
      "DENIED Redis is running in protected mode because protected mode is enabled and no password"
          + " is set for the default user. In this mode connections are only accepted from the"
          + " loopback interface. To let others in, do one of these on the server's own machine:"
          + " set a password with CONFIG SET requirepass; or CONFIG SET protected-mode no, and"
          + " CONFIG REWRITE to keep it so; or start the server with --protected-mode no.";

  /**
   * What connections are held to.
   *
   * @param maxClients most clients at a time, read at each connect
   * @param crowded what one client too many is told
   * @param maxBulkBytes {@code proto-max-bulk-len}
   * @param keepAliveSeconds after how much silence the system probes a peer; 0 never
   * @param backlog length of the queue of connections not yet accepted
   * @param protectedMode whether only clients of this machine are let in, read at each connect
   * @param gate where replies wait until what they tell of is safe
   */
  public record Settings(
      IntSupplier maxClients,
      String crowded,
      java.util.function.LongSupplier maxBulkBytes,
      int keepAliveSeconds,
      int backlog,
      BooleanSupplier protectedMode,
      BufferLimits limits,
      ReplyGate gate) {}

  /** So long may a client take to agree on TLS. */
  private static final long HANDSHAKE_TIMEOUT_MS = 30_000;

  /** So long a client that reads nothing is waited for before its connection ends. */
  private static final long FAREWELL_TIMEOUT_MS = 1_000;

  /** One to begin to close, one to close, and one for what was begun on the way. */
  private static final int TURNS_OF_CLOSE = 3;

  private final EventLoopGroup group;

  /** Takes connections in, so that a loop whose client moves a port can wait for that. */
  private final EventLoopGroup acceptor;

  private final Transport transport;
  private final Map<EventLoop, Engine> engines = new IdentityHashMap<>();
  private final Map<EventLoop, NettyLoop> loops = new IdentityHashMap<>();
  private final List<NettyLoop> inOrder = new ArrayList<>();
  private final Sessions sessions;
  private final Settings settings;
  private final Clock clock;
  private final List<Channel> listening = new CopyOnWriteArrayList<>();

  /** Connections that were taken in; who comes after the end is closed at once. */
  private final ChannelGroup guests = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

  /** Makes the loops; nothing is listened on yet. */
  public Listener(
      Transport transport, int loopCount, Sessions sessions, Settings settings, Clock clock) {
    this.transport = transport;
    this.sessions = sessions;
    this.settings = settings;
    this.clock = clock;
    group =
        new MultiThreadIoEventLoopGroup(
            loopCount, new DefaultThreadFactory("loop"), transport.ioHandlers());
    acceptor =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("accept"), transport.acceptHandler());
    group.forEach(
        executor -> {
          NettyLoop loop = new NettyLoop((EventLoop) executor, settings.gate(), clock);
          loops.put(loop.netty(), loop);
          inOrder.add(loop);
        });
  }

  /** Returns the loops. */
  public List<? extends Loop> loops() {
    return inOrder;
  }

  /** Returns Netty's view of the loops, for outgoing connections. */
  public EventLoopGroup group() {
    return group;
  }

  /** Returns how sockets are driven. */
  public Transport transport() {
    return transport;
  }

  /** Makes the engine of each loop; before the first {@code listen}. */
  public void engines(Function<Loop, Engine> make) {
    for (NettyLoop loop : inOrder) {
      engines.put(loop.netty(), make.apply(loop));
    }
  }

  /**
   * Listens on a TCP address.
   *
   * @param tls makes our end of each new connection; null: they are plain
   * @return stops listening there; clients that came in stay
   * @throws java.io.UncheckedIOException if the address cannot be had
   */
  public Closeable listen(InetSocketAddress address, @Nullable Supplier<SSLEngine> tls) {
    ServerBootstrap bootstrap = bootstrap(transport.serverChannel(), tls);
    bootstrap.option(ChannelOption.SO_REUSEADDR, true);
    bootstrap.childOption(ChannelOption.TCP_NODELAY, true);
    bootstrap.childOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    transport
        .keepAlive(settings.keepAliveSeconds())
        .forEach((option, value) -> childOption(bootstrap, option, value));
    if (transport == Transport.IO_URING) {
      UringBuffers.socketOptions()
          .forEach((option, value) -> childOption(bootstrap, option, value));
    }
    return bind(bootstrap, address);
  }

  /** Listens on a unix socket; the file must not exist. */
  public void listen(Path unixSocket) {
    SocketAddress address =
        transport == Transport.NIO
            ? UnixDomainSocketAddress.of(unixSocket)
            : new DomainSocketAddress(unixSocket.toFile());
    ServerBootstrap bootstrap = bootstrap(transport.unixServerChannel(), null);
    if (transport != Transport.NIO) {
      // The JDK's unix sockets know it by another name; there the end is only seen after all input.
      bootstrap.childOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    }
    bind(bootstrap, address);
  }

  @SuppressWarnings("unchecked")
  private static <T> void childOption(ServerBootstrap bootstrap, ChannelOption<?> option, T value) {
    bootstrap.childOption((ChannelOption<T>) option, value);
  }

  private ServerBootstrap bootstrap(
      Class<? extends ServerChannel> type, @Nullable Supplier<SSLEngine> tls) {
    return new ServerBootstrap()
        .group(acceptor, group)
        .channel(type)
        .option(ChannelOption.SO_BACKLOG, settings.backlog())
        .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
        .childOption(
            ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(512 * 1024, 4 << 20))
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                accept(channel, tls);
              }
            });
  }

  private Closeable bind(ServerBootstrap bootstrap, SocketAddress address) {
    ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new java.io.UncheckedIOException(
          new java.io.IOException(address + ": " + bound.cause().getMessage(), bound.cause()));
    }
    Channel channel = bound.channel();
    listening.add(channel);
    return () -> {
      channel.close().awaitUninterruptibly();
      listening.remove(channel);
    };
  }

  private void accept(Channel channel, @Nullable Supplier<SSLEngine> tls) {
    guests.add(channel);
    EventLoop loop = channel.eventLoop();
    Engine engine = engines.get(loop);
    NettyLoop mine = loops.get(loop);
    if (engine == null || mine == null) {
      throw new IllegalStateException("a loop without an engine");
    }
    if (sessions.count() >= settings.maxClients().getAsInt()) {
      // Before both ends have agreed on TLS nothing can be said, and to agree is not for free.
      turnAway(channel, tls == null ? settings.crowded() : "");
      return;
    }
    if (tls != null) {
      channel.pipeline().addLast(encryption(tls.get()));
    }
    long id = sessions.nextId();
    Endpoint endpoint = Endpoint.of(channel, id, tls != null);
    if (!endpoint.fromThisMachine() && settings.protectedMode().getAsBoolean()) {
      turnAway(channel, PROTECTED);
      return;
    }
    channel
        .pipeline()
        .addLast(
            new ClientHandler(
                engine,
                mine,
                channel,
                endpoint,
                settings.limits(),
                id,
                settings.maxBulkBytes().getAsLong(),
                clock.wallMs()));
  }

  private static SslHandler encryption(SSLEngine engine) {
    SslHandler handler = new SslHandler(engine);
    handler.setHandshakeTimeoutMillis(HANDSHAKE_TIMEOUT_MS);
    handler.setCloseNotifyFlushTimeoutMillis(FAREWELL_TIMEOUT_MS);
    return handler;
  }

  private void turnAway(Channel channel, String why) {
    sessions.reject();
    LOG.debug("A client was turned away: {}", why);
    String line = why.isEmpty() ? "" : "-" + why + "\r\n";
    channel
        .writeAndFlush(Unpooled.copiedBuffer(line, StandardCharsets.ISO_8859_1))
        .addListener(ChannelFutureListener.CLOSE);
  }

  /** Takes no more clients; those connected stay. */
  public void stopListening() {
    listening.forEach(channel -> channel.close().awaitUninterruptibly());
    listening.clear();
  }

  /** Closes all connections and stops the loops. */
  @Override
  public void close() {
    stopListening();
    Future<?> _ = acceptor.shutdownGracefully(0, 2, TimeUnit.SECONDS);
    guests.close().awaitUninterruptibly(2, TimeUnit.SECONDS);
    turn();
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
  }

  /**
   * Lets every loop go round: with io_uring a connection is closed a turn after it was told to. If
   * its loop ended first it would stay open for as long as the process lives, and whoever is at the
   * other end would wait for news.
   */
  private void turn() {
    for (EventExecutor loop : group) {
      for (int i = 0; i < TURNS_OF_CLOSE; i++) {
        loop.submit(() -> {}).awaitUninterruptibly(1, TimeUnit.SECONDS);
      }
    }
  }
}
