package io.hashslot.net;

import io.netty.channel.Channel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.NetUtil;
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
 * @param tls whether it is encrypted
 * @param descriptor the file descriptor, or a number that stands for it
 */
record Endpoint(
    String peer,
    String local,
    boolean fromThisMachine,
    boolean unixSocket,
    boolean tls,
    int descriptor) {

  static Endpoint of(Channel channel, long id, boolean tls) {
    SocketAddress local = channel.localAddress();
    int descriptor = channel instanceof UnixChannel unix ? unix.fd().intValue() : (int) id;
    if (local instanceof DomainSocketAddress domain) {
      return unix(domain.path(), descriptor);
    }
    if (local instanceof UnixDomainSocketAddress domain) {
      return unix(domain.getPath().toString(), descriptor);
    }
    boolean near =
        channel.remoteAddress() instanceof InetSocketAddress inet
            && inet.getAddress() != null
            && inet.getAddress().isLoopbackAddress();
    return new Endpoint(text(channel.remoteAddress()), text(local), near, false, tls, descriptor);
  }

  private static Endpoint unix(String path, int descriptor) {
    return new Endpoint(path + ":0", path + ":0", true, true, false, descriptor);
  }

  private static String text(SocketAddress address) {
    if (!(address instanceof InetSocketAddress inet) || inet.getAddress() == null) {
      return "?:0";
    }
    String plain = NetUtil.toAddressString(inet.getAddress()); // without a zone, "::1" in short
    return plain.indexOf(':') >= 0
        ? "[" + plain + "]:" + inet.getPort()
        : plain + ":" + inet.getPort();
  }
}
