package io.hashslot.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * Where connections that this process opens come from: {@code bind-source-addr}. It is a wish, as
 * in Redis 7.0.15 and Valkey 8.0.1: an address that this machine does not have, or of another
 * family than the other end's, keeps nobody from connecting.
 */
public final class SourceAddress {
  private SourceAddress() {}

  /**
   * What to bind a socket to before it is connected. Resolves no names, so that threads that must
   * not wait can ask.
   *
   * @param source an IPv4 or IPv6 address as digits; empty: as the system chooses
   * @param host the other end; the families are compared if it is an address, too
   * @return null if the system shall choose
   */
  public static @Nullable InetSocketAddress towards(String host, String source) {
    InetAddress wanted = source.isEmpty() ? null : literal(source);
    if (wanted == null) {
      return null;
    }
    InetAddress other = literal(host);
    if (other != null && other.getClass() != wanted.getClass()) {
      return null;
    }
    InetSocketAddress any = new InetSocketAddress(wanted, 0);
    return canBind(any) ? any : null;
  }

  /** Whether connections can come from there now, or from anywhere if nothing is asked for. */
  public static boolean isUsable(String source) {
    return source.isEmpty() || towards(source, source) != null;
  }

  /** Tried with a socket of its own: one that could not be bound is of no use any more. */
  private static boolean canBind(InetSocketAddress address) {
    try (Socket trial = new Socket()) {
      trial.bind(address);
      return true;
    } catch (IOException notOurs) {
      return false;
    }
  }

  private static @Nullable InetAddress literal(String text) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException name) {
      return null;
    }
  }
}
