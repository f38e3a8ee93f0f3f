package io.hashslot.net;

import io.netty.channel.Channel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.UnixChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

/**
 * The two ends of a connection in the words of {@code CLIENT LIST}.
 *
 * @param peer the client's {@code ip:port}, or {@code path:0}
 * @param local our {@code ip:port}, or {@code path:0}
 * @param fromThisMachine whether the peer is on this machine
 * @param unixSocket whether it is a unix socket
 * @param descriptor the file descriptor, or a number that stands for it
 */
record Endpoint(
    String peer, String local, boolean fromThisMachine, boolean unixSocket, int descriptor) {

  static Endpoint of(Channel channel, long id) {
    SocketAddress local = channel.localAddress();
    int descriptor = channel instanceof UnixChannel unix ? unix.fd().intValue() : (int) id;
    if (local instanceof DomainSocketAddress domain) {
      return new Endpoint(domain.path() + ":0", domain.path() + ":0", true, true, descriptor);
    }
    if (local instanceof UnixDomainSocketAddress domain) {
      return new Endpoint(domain.getPath() + ":0", domain.getPath() + ":0", true, true, descriptor);
    }
    boolean near =
        channel.remoteAddress() instanceof InetSocketAddress inet
            && inet.getAddress() != null
            && inet.getAddress().isLoopbackAddress();
    return new Endpoint(text(channel.remoteAddress()), text(local), near, false, descriptor);
  }

  private static String text(SocketAddress address) {
    if (!(address instanceof InetSocketAddress inet) || inet.getAddress() == null) {
      return "?:0";
    }
    String ip = inet.getAddress().getHostAddress();
    int scope = ip.indexOf('%');
    String plain = scope < 0 ? ip : ip.substring(0, scope);
    return plain.indexOf(':') >= 0
        ? "[" + plain + "]:" + inet.getPort()
        : plain + ":" + inet.getPort();
  }
}
