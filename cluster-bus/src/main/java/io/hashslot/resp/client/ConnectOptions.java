package io.hashslot.resp.client;

import io.hashslot.socket.SourceAddress;
import io.hashslot.tls.TlsContext;
import org.jspecify.annotations.Nullable;

/**
 * How to connect and who to be.
 *
 * @param connectTimeoutMs how long to wait for the connection; 0 as long as the system does
 * @param readTimeoutMs how long to wait for bytes of a reply; 0 for ever
 * @param user the user for two-argument AUTH; {@code null} for the default user
 * @param password the password; {@code null} to send no AUTH
 * @param resp3 whether to switch to RESP3
 * @param tls what encrypts the connection; {@code null} for a plain one
 * @param source the IP address that the connection is to come from, as {@link SourceAddress} takes
 *     it; empty: as the system chooses
 */
public record ConnectOptions(
    int connectTimeoutMs,
    int readTimeoutMs,
    @Nullable String user,
    @Nullable String password,
    boolean resp3,
    @Nullable TlsContext tls,
    String source) {
  /** RESP2, nobody's password, no timeouts. */
  public static final ConnectOptions PLAIN = new ConnectOptions(0, 0, null, null, false, null, "");

  /** The same with other timeouts, in milliseconds. */
  public ConnectOptions withTimeoutsMs(int connect, int read) {
    return new ConnectOptions(connect, read, user, password, resp3, tls, source);
  }

  /** The same for another user; {@code null} for the default one. */
  public ConnectOptions withUser(@Nullable String name, @Nullable String secret) {
    return new ConnectOptions(connectTimeoutMs, readTimeoutMs, name, secret, resp3, tls, source);
  }

  /** The same over RESP3. */
  public ConnectOptions withResp3() {
    return new ConnectOptions(connectTimeoutMs, readTimeoutMs, user, password, true, tls, source);
  }

  /** The same over TLS; {@code null} for a plain connection. */
  public ConnectOptions withTls(@Nullable TlsContext context) {
    return new ConnectOptions(
        connectTimeoutMs, readTimeoutMs, user, password, resp3, context, source);
  }

  /** The same from another address of this machine; empty: as the system chooses. */
  public ConnectOptions withSource(String address) {
    return new ConnectOptions(connectTimeoutMs, readTimeoutMs, user, password, resp3, tls, address);
  }

  /** The AUTH command these options ask for, if any. */
  public @Nullable Command auth() {
    if (password == null) {
      return null;
    }
    return user == null ? Command.of("AUTH", password) : Command.of("AUTH", user, password);
  }
}
