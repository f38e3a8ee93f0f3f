package io.hashslot.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code redis://[[USER:]PASSWORD@]HOST[:PORT][/DB]}; {@code valkey://} means the same, {@code
 * rediss://} and {@code valkeys://} the same over TLS. A lone word before the {@code @} is the
 * password. User and password may hold {@code %XX} escapes, IPv6 addresses stand in brackets.
 *
 * @param user {@code null} if not given
 * @param password {@code null} if not given
 * @param host {@code null} if not given
 * @param port {@code null} if not given
 * @param database {@code null} if not given
 * @param tls whether the scheme asks for TLS
 */
record RedisUri(
    @Nullable String user,
    @Nullable String password,
    @Nullable String host,
    @Nullable Integer port,
    @Nullable Integer database,
    boolean tls) {
  /** Says nothing. */
  static final RedisUri NONE = new RedisUri(null, null, null, null, null, false);

  /**
   * Reads such a text.
   *
   * @throws UsageException if the scheme is unknown or an escape or number is malformed
   */
  static RedisUri parse(String text) throws UsageException {
    String lower = text.toLowerCase(Locale.ROOT);
    boolean tls = lower.startsWith("rediss://") || lower.startsWith("valkeys://");
    if (!tls && !lower.startsWith("redis://") && !lower.startsWith("valkey://")) {
      throw new UsageException("Invalid URI scheme");
    }
    String rest = text.substring(text.indexOf("://") + 3);
    String user = null;
    String password = null;
    int at = rest.indexOf('@');
    if (at >= 0) {
      String credentials = rest.substring(0, at);
      int colon = credentials.indexOf(':');
      user = colon > 0 ? decode(credentials.substring(0, colon)) : null;
      password = decode(credentials.substring(colon + 1));
      rest = rest.substring(at + 1);
    }
    Integer database = null;
    int slash = rest.indexOf('/');
    if (slash >= 0) {
      String path = rest.substring(slash + 1);
      database = path.isEmpty() ? null : number(path, "database");
      rest = rest.substring(0, slash);
    }
    int close = rest.startsWith("[") ? rest.indexOf(']') : -1;
    String host = close > 0 ? rest.substring(1, close) : rest;
    Integer port = null;
    int colon = rest.indexOf(':', close + 1);
    if (colon >= 0) {
      host = close > 0 ? host : rest.substring(0, colon);
      port = number(rest.substring(colon + 1), "port");
    }
    return new RedisUri(user, password, host.isEmpty() ? null : host, port, database, tls);
  }

  private static Integer number(String text, String what) throws UsageException {
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException _) {
      throw new UsageException("Invalid " + what + " in URI");
    }
  }

  private static String decode(String text) throws UsageException {
    byte[] bytes = text.getBytes(UTF_8);
    var decoded = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != '%') {
        decoded.write(bytes[i]);
        continue;
      }
      if (i + 2 >= bytes.length) {
        throw new UsageException("Incomplete URI encoding");
      }
      int high = Character.digit(bytes[i + 1], 16);
      int low = Character.digit(bytes[i + 2], 16);
      if (high < 0 || low < 0) {
        throw new UsageException("Illegal character in URI encoding");
      }
      decoded.write(high << 4 | low);
      i += 2;
    }
    return decoded.toString(UTF_8);
  }
}
