package io.hashslot.bus.core;

import java.net.Inet6Address;

/** Addresses as text. Names are never looked up. */
final class IpLiteral {
  private static final int V4_PARTS = 4;

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
