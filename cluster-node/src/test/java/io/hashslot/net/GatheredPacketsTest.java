package io.hashslot.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.dispatch.HereAndNow;
import io.hashslot.dispatch.NodeState;
import io.hashslot.resp.NativeOutput;
import io.hashslot.resp.Request;
import io.hashslot.session.Link.RawPeer;
import io.hashslot.session.Session;
import io.hashslot.session.SilentLink;
import io.hashslot.session.Traffic;
import io.hashslot.time.Clock;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A link that replication takes over goes on sending at once, unless {@code
 * repl-disable-tcp-nodelay} lets the system gather small packets.
 */
class GatheredPacketsTest {
  private final NioSocketChannel channel = new NioSocketChannel();
  private final DefaultEventLoop loop = new DefaultEventLoop();
  private final NativeOutput replies = new NativeOutput(256);

  @AfterEach
  void close() {
    loop.shutdownGracefully();
    replies.release();
    channel.unsafe().closeForcibly();
  }

  private boolean sendsAtOnceToA(RawPeer peer) {
    channel.config().setTcpNoDelay(true);
    Session session = new Session(1, new SilentLink() {}, new HereAndNow(), replies, 0);
    NettyLoop itsLoop = new NettyLoop(loop, new NodeState().gate(), Clock.system());
    var output =
        new ClientOutput(
            channel,
            itsLoop,
            new NoLimits(),
            new OutputBuffer(channel.alloc()),
            session,
            new Traffic());
    output.detach(peer);
    return channel.config().isTcpNoDelay();
  }

  @Test
  void smallPacketsAreSentAtOnce() {
    assertThat(sendsAtOnceToA(new Replica(false))).isTrue();
  }

  @Test
  void smallPacketsAreGatheredIfThatIsWanted() {
    assertThat(sendsAtOnceToA(new Replica(true))).isFalse();
  }

  private static final class NoLimits implements BufferLimits {
    @Override
    public Limit of(Session session) {
      return new Limit(0, 0, 0);
    }

    @Override
    public long inputBytes() {
      return Long.MAX_VALUE;
    }

    @Override
    public void tooMuchInput() {}

    @Override
    public void tooMuchOutput() {}

    @Override
    public long nowMs() {
      return 0;
    }
  }

  private record Replica(boolean gathersPackets) implements RawPeer {
    @Override
    public void onRequest(Request request) {}

    @Override
    public void onClosed() {}

    @Override
    public void onWritable() {}

    @Override
    public @Nullable String overLimit(long pendingBytes) {
      return null;
    }
  }
}
