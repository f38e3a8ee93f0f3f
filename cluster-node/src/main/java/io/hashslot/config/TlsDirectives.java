package io.hashslot.config;

import static io.hashslot.config.Row.INT;

import java.util.List;

/** Encrypted connections. */
public final class TlsDirectives {
  static final Row.Group ROWS = new Row.Group("TLS");

  /** The TLS port; 0 listens on none. */
  public static final Quantity TLS_PORT = ROWS.row("tls-port").number(0, 0, 65535);

  /** Whether the bus uses TLS. */
  public static final Toggle TLS_CLUSTER = ROWS.row("tls-cluster").toggle(false);

  /** Whether replication links use TLS. */
  public static final Toggle TLS_REPLICATION = ROWS.row("tls-replication").toggle(false);

  /** Whether clients must show a certificate. */
  public static final Choice<Choices.TlsAuthClients> TLS_AUTH_CLIENTS =
      ROWS.row("tls-auth-clients")
          .remark("Refused if nobody would be trusted then.")
          .choice(Choices.TlsAuthClients.YES);

  /** The certificate, PEM. */
  public static final Text TLS_CERT_FILE = ROWS.row("tls-cert-file").reference().text("");

  /** The private key, PEM. */
  public static final Text TLS_KEY_FILE = ROWS.row("tls-key-file").reference().text("");

  /** The password of the private key. */
  public static final Text TLS_KEY_FILE_PASS = ROWS.row("tls-key-file-pass").secret().text("");

  /** The certificate for connections that the server opens. */
  public static final Text TLS_CLIENT_CERT_FILE =
      ROWS.row("tls-client-cert-file").reference().text("");

  /** The private key for connections that the server opens. */
  public static final Text TLS_CLIENT_KEY_FILE =
      ROWS.row("tls-client-key-file").reference().text("");

  /** The password of that private key. */
  public static final Text TLS_CLIENT_KEY_FILE_PASS =
      ROWS.row("tls-client-key-file-pass").secret().text("");

  /** The certificates that are trusted, PEM. */
  public static final Text TLS_CA_CERT_FILE = ROWS.row("tls-ca-cert-file").reference().text("");

  /** A folder of certificates that are trusted. */
  public static final Text TLS_CA_CERT_DIR = ROWS.row("tls-ca-cert-dir").reference().text("");

  /** The versions of TLS that are allowed. */
  public static final Text TLS_PROTOCOLS = ROWS.row("tls-protocols").text("");

  /** The ciphers up to TLS 1.2. */
  public static final Text TLS_CIPHERS =
      ROWS.row("tls-ciphers")
          .remark("Single ciphers, `DEFAULT`, `HIGH` or `ALL`; see [TLS](tls.md).")
          .text("");

  /** The ciphers of TLS 1.3. */
  public static final Text TLS_CIPHERSUITES = ROWS.row("tls-ciphersuites").text("");

  /** Whether the server chooses the cipher. */
  public static final Toggle TLS_PREFER_SERVER_CIPHERS =
      ROWS.row("tls-prefer-server-ciphers").toggle(false);

  /** Whether sessions can be resumed. */
  public static final Toggle TLS_SESSION_CACHING =
      ROWS.row("tls-session-caching")
          .remark("no: they can still be resumed for a second.")
          .toggle(true);

  /** How many sessions are kept; 0 for no limit. */
  public static final Quantity TLS_SESSION_CACHE_SIZE =
      ROWS.row("tls-session-cache-size").number(20480, 0, INT);

  /** Seconds for which a session can be resumed. */
  public static final Quantity TLS_SESSION_CACHE_TIMEOUT =
      ROWS.row("tls-session-cache-timeout").number(300, 0, INT);

  /** All of them. */
  public static List<Directive<?>> all() {
    return ROWS.directives();
  }

  private TlsDirectives() {}
}
