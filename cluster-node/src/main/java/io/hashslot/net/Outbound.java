package io.hashslot.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;

/** What was handed to a socket that has not taken it yet. */
final class Outbound {
  private Outbound() {}

  static long bytes(Channel channel) {
    ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
    return pending == null ? 0 : pending.totalPendingWriteBytes();
  }

  static int pieces(Channel channel) {
    ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
    return pending == null ? 0 : pending.size();
  }
}
