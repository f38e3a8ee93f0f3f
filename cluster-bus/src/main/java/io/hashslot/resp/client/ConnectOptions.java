package io.hashslot.resp.client;

import org.jspecify.annotations.Nullable;

/**
 * How to connect and who to be.
 *
 * @param connectTimeoutMs how long to wait for the connection; 0 as long as the system does
 * @param readTimeoutMs how long to wait for bytes of a reply; 0 for ever
 * @param user the user for two-argument AUTH; {@code null} for the default user
 * @param password the password; {@code null} to send no AUTH
 * @param resp3 whether to switch to RESP3
 */
public record ConnectOptions(
    int connectTimeoutMs,
    int readTimeoutMs,
    @Nullable String user,
    @Nullable String password,
    boolean resp3) {
  /** RESP2, nobody's password, no timeouts. */
  public static final ConnectOptions PLAIN = new ConnectOptions(0, 0, null, null, false);

  /** The same with other timeouts, in milliseconds. */
  public ConnectOptions withTimeoutsMs(int connect, int read) {
    return new ConnectOptions(connect, read, user, password, resp3);
  }

  /** The same for another user; {@code null} for the default one. */
  public ConnectOptions withUser(@Nullable String name, @Nullable String secret) {
    return new ConnectOptions(connectTimeoutMs, readTimeoutMs, name, secret, resp3);
  }

  /** The same over RESP3. */
  public ConnectOptions withResp3() {
    return new ConnectOptions(connectTimeoutMs, readTimeoutMs, user, password, true);
  }

  /** The AUTH command these options ask for, if any. */
  public @Nullable Command auth() {
    if (password == null) {
      return null;
    }
    return user == null ? Command.of("AUTH", password) : Command.of("AUTH", user, password);
  }
}
