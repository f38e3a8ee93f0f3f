package io.hashslot.bus.core;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/** Addresses as text. Names are never looked up. */
final class IpLiteral {
  private static final int V4_PARTS = 4;
  private static final int V6_GROUPS = 8;

  private IpLiteral() {}

  static boolean isAddress(String text) {
    return isV4(text) || isV6(text);
  }

  /** Four decimal numbers of 0 to 255 without leading zeros. */
  static boolean isV4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != V4_PARTS) return false;
    for (String part : parts) {
      if (part.isEmpty() || part.length() > 3) return false;
      for (int i = 0; i < part.length(); i++) {
        if (part.charAt(i) < '0' || part.charAt(i) > '9') return false;
      }
      if ((part.length() > 1 && part.charAt(0) == '0') || Integer.parseInt(part) > 255)
        return false;
    }
    return true;
  }

  /**
   * The one form in which an address is written and compared (RFC 5952 for IPv6); the peers do so,
   * too.
   *
   * @param address one that {@link #isAddress} takes
   */
  static String normal(String address) {
    if (isV4(address)) return address;
    InetAddress parsed = Inet6Address.ofLiteral(address);
    if (!(parsed instanceof Inet6Address)) return address; // IPv4 in IPv6, as it was written
    ByteBuffer bytes = ByteBuffer.wrap(parsed.getAddress());
    int[] groups = new int[V6_GROUPS];
    for (int i = 0; i < V6_GROUPS; i++) groups[i] = bytes.getShort() & 0xFFFF;
    int gap = longestGap(groups);
    int gapEnd = gap;
    while (gap >= 0 && gapEnd < V6_GROUPS && groups[gapEnd] == 0) gapEnd++;
    var text = new StringBuilder();
    for (int i = 0; i < V6_GROUPS; i++) {
      if (i == gap) {
        text.append("::");
        i = gapEnd - 1;
        continue;
      }
      if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') text.append(':');
      text.append(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }

  /** Where the longest run of at least two zeros begins, the first of several; -1: none. */
  private static int longestGap(int[] groups) {
    int best = -1;
    int bestLength = 1;
    for (int i = 0; i < groups.length; i++) {
      int length = 0;
      while (i + length < groups.length && groups[i + length] == 0) length++;
      if (length > bestLength) {
        best = i;
        bestLength = length;
      }
    }
    return best;
  }

  /** Groups of hexadecimal digits, without brackets and zone. */
  static boolean isV6(String text) {
    if (text.indexOf(':') < 0 || text.indexOf('%') >= 0 || text.indexOf('[') >= 0) return false;
    try {
      Inet6Address.ofLiteral(text);
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
