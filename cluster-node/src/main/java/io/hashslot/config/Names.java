package io.hashslot.config;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What texts that name files, hosts and the like must look like. */
final class Names {
  private static final int MAX_HOSTNAME = 255;
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(?!$)|$)){4}");
  private static final Pattern TITLE =
      Pattern.compile(
          "([^{}]|\\{(title|listen-addr|server-mode|port|tls-port|unixsocket|config-file)})*");

  private Names() {}

  /** A name of a file without a folder; {@code whenEmpty} is null where it may be empty. */
  static Text.Rule file(String whenPath, @Nullable String whenEmpty) {
    return text -> {
      if (text.isEmpty()) return whenEmpty;
      return text.indexOf('/') >= 0 || text.indexOf('\\') >= 0 ? whenPath : null;
    };
  }

  static @Nullable String hostname(String text) {
    if (text.length() > MAX_HOSTNAME) return "Hostnames must be less than 256 characters";
    if (text.matches("[A-Za-z0-9.-]*")) return null;
    return "Hostnames may only contain alphanumeric characters, hyphens or dots";
  }

  static @Nullable String nodename(String text) {
    if (text.length() > MAX_HOSTNAME) {
      return "Announced human node name must be less than 256 characters";
    }
    // Stricter than Valkey, which lets spaces, commas and equal signs break its own nodes.conf.
    if (text.matches("[A-Za-z0-9\"'./:\\\\_`\\x80-\\x{10ffff}-]*")) return null;
    return "Announced human node name contained invalid character";
  }

  static @Nullable String ipv4(String text) {
    return text.isEmpty() || IPV4.matcher(text).matches() ? null : "Invalid IPv4 address";
  }

  static @Nullable String ipv6(String text) {
    return text.isEmpty() || Ipv6.valid(text) ? null : "Invalid IPv6 address";
  }

  static @Nullable String title(String text) {
    return TITLE.matcher(text).matches()
        ? null
        : "template format is invalid or contains unknown variables";
  }

  static @Nullable String locale(String text) {
    return text.isEmpty() || text.equals("C") || text.equals("POSIX") || text.startsWith("C.")
        ? null
        : "Invalid locale name";
  }
}
