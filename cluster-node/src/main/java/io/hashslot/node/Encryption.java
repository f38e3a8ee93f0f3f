package io.hashslot.node;

import io.hashslot.bus.link.BusTls;
import io.hashslot.config.Choices;
import io.hashslot.config.Config;
import io.hashslot.config.Directive;
import io.hashslot.config.Settings;
import io.hashslot.config.Text;
import io.hashslot.config.TlsDirectives;
import io.hashslot.tls.Identity;
import io.hashslot.tls.TlsChoices;
import io.hashslot.tls.TlsContext;
import io.hashslot.tls.TlsContext.ClientCertificates;
import io.hashslot.tls.Trust;
import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS of this server, as the {@code tls-*} directives ask. The files are read when the server
 * starts and whenever one of the directives is set, even to the value it has; connections from then
 * on use what they hold, older ones stay. Files that cannot be used change nothing.
 */
final class Encryption implements BusTls {
  private static final Logger LOG = LoggerFactory.getLogger(Encryption.class);

  /**
   * What both ends of connections are made of.
   *
   * @param server for those that others open
   * @param client for those that we open
   */
  private record Ends(TlsContext server, TlsContext client) {}

  private final Config config;
  private volatile @Nullable Ends ends;

  private Encryption(Config config) {
    this.config = config;
  }

  /**
   * Reads the files, and follows later changes of the directives.
   *
   * @throws IOException if something is asked to be encrypted and the files cannot be used
   */
  static Encryption follow(Config config) throws IOException {
    Encryption encryption = new Encryption(config);
    if (wanted(config.settings())) {
      encryption.ends = encryption.read(config.settings());
    }
    config.onChange(encryption::change, TlsDirectives.all().toArray(new Directive<?>[0]));
    return encryption;
  }

  private static boolean wanted(Settings settings) {
    return settings.intOf(TlsDirectives.TLS_PORT) != 0
        || settings.get(TlsDirectives.TLS_CLUSTER)
        || settings.get(TlsDirectives.TLS_REPLICATION);
  }

  private @Nullable String change(Settings old, Settings now) {
    if (!wanted(now)) {
      return null;
    }
    try {
      ends = read(now);
      LOG.info("TLS files were read; connections use them from now on");
      return null;
    } catch (IOException problem) {
      LOG.warn("{}", problem.getMessage());
      return "Unable to update TLS configuration. Check server logs.";
    }
  }

  private Ends read(Settings settings) throws IOException {
    Path certificate = path(settings, TlsDirectives.TLS_CERT_FILE);
    Path key = path(settings, TlsDirectives.TLS_KEY_FILE);
    if (certificate == null) {
      throw new IOException("No tls-cert-file configured!");
    }
    if (key == null) {
      throw new IOException("No tls-key-file configured!");
    }
    Path authority = path(settings, TlsDirectives.TLS_CA_CERT_FILE);
    Path authorities = path(settings, TlsDirectives.TLS_CA_CERT_DIR);
    if (authority == null && authorities == null && mustTrustSomebody(settings)) {
      throw new IOException(
          "Either tls-ca-cert-file or tls-ca-cert-dir must be specified when tls-cluster,"
              + " tls-replication or tls-auth-clients are enabled!");
    }
    TlsChoices choices = choices(settings);
    Trust trust = Trust.authorities(authority, authorities);
    Identity own = Identity.read(certificate, key, settings.get(TlsDirectives.TLS_KEY_FILE_PASS));
    Identity asClient = own;
    Path clientCertificate = path(settings, TlsDirectives.TLS_CLIENT_CERT_FILE);
    Path clientKey = path(settings, TlsDirectives.TLS_CLIENT_KEY_FILE);
    if (clientCertificate != null && clientKey != null) {
      String password = settings.get(TlsDirectives.TLS_CLIENT_KEY_FILE_PASS);
      asClient = Identity.read(clientCertificate, clientKey, password);
    }
    return new Ends(TlsContext.of(own, trust, choices), TlsContext.of(asClient, trust, choices));
  }

  private static boolean mustTrustSomebody(Settings settings) {
    return settings.get(TlsDirectives.TLS_AUTH_CLIENTS) != Choices.TlsAuthClients.NO
        || settings.get(TlsDirectives.TLS_CLUSTER)
        || settings.get(TlsDirectives.TLS_REPLICATION);
  }

  private static TlsChoices choices(Settings settings) throws IOException {
    return new TlsChoices(
        TlsChoices.protocols(settings.get(TlsDirectives.TLS_PROTOCOLS)),
        settings.get(TlsDirectives.TLS_CIPHERS),
        settings.get(TlsDirectives.TLS_CIPHERSUITES),
        settings.get(TlsDirectives.TLS_PREFER_SERVER_CIPHERS),
        null,
        settings.get(TlsDirectives.TLS_SESSION_CACHING)
            ? new TlsChoices.Sessions(
                settings.intOf(TlsDirectives.TLS_SESSION_CACHE_SIZE),
                Math.max(1, settings.intOf(TlsDirectives.TLS_SESSION_CACHE_TIMEOUT)))
            : TlsChoices.Sessions.NONE);
  }

  private @Nullable Path path(Settings settings, Text directive) {
    String name = settings.get(directive);
    return name.isEmpty() ? null : config.resolve(name);
  }

  private Ends ends() {
    Ends present = ends;
    if (present == null) {
      throw new IllegalStateException("TLS has not been configured");
    }
    return present;
  }

  /** Our end of a connection that a client has opened to the TLS port. */
  SSLEngine forClient() {
    ClientCertificates ask =
        switch (config.get(TlsDirectives.TLS_AUTH_CLIENTS)) {
          case NO -> ClientCertificates.NONE;
          case OPTIONAL -> ClientCertificates.OPTIONAL;
          case YES -> ClientCertificates.REQUIRED;
        };
    return ends().server().accepting(ask);
  }

  /** What connections to primaries are made with; null: they are plain. */
  @Nullable TlsContext toPrimaries() {
    return config.get(TlsDirectives.TLS_REPLICATION) ? ends().client() : null;
  }

  /** What connections to nodes of the cluster are made with; null: they are plain. */
  @Nullable TlsContext toNodes() {
    return config.get(TlsDirectives.TLS_CLUSTER) ? ends().client() : null;
  }

  @Override
  public @Nullable SSLEngine accepting() {
    return config.get(TlsDirectives.TLS_CLUSTER)
        ? ends().server().accepting(ClientCertificates.REQUIRED)
        : null;
  }

  @Override
  public @Nullable SSLEngine connecting(String ip, int port) {
    TlsContext client = toNodes();
    return client == null ? null : client.connecting(ip, port);
  }
}
