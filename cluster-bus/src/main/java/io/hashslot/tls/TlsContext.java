package io.hashslot.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Makes the TLS ends of connections: engines, for those who move the bytes themselves, and sockets.
 * Immutable; to use other files, make another one. Connections that exist keep what they have.
 */
public final class TlsContext {
  /** What a server asks of those who connect. */
  public enum ClientCertificates {
    /** Nothing. */
    NONE,
    /** A certificate, if they have one; a wrong one is refused. */
    OPTIONAL,
    /** A certificate. */
    REQUIRED
  }

  private final SSLContext context;
  private final TlsChoices choices;
  private final String[] protocols;
  private final String[] ciphers;

  private TlsContext(SSLContext context, TlsChoices choices) throws TlsException {
    this.context = context;
    this.choices = choices;
    SSLParameters supported = context.getSupportedSSLParameters();
    protocols =
        choices.protocols().isEmpty()
            ? new String[] {"TLSv1.3", "TLSv1.2"}
            : choices.protocols().toArray(String[]::new);
    ciphers =
        CipherNames.choose(
            choices.ciphers(),
            choices.cipherSuites(),
            context.getDefaultSSLParameters(),
            supported.getCipherSuites());
  }

  /**
   * Makes a context.
   *
   * @param identity null for a client without a certificate
   * @throws TlsException if the choices leave nothing to speak
   */
  public static TlsContext of(@Nullable Identity identity, Trust trust, TlsChoices choices)
      throws TlsException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      KeyManager[] keys =
          identity == null ? new KeyManager[0] : new KeyManager[] {identity.keyManager()};
      context.init(keys, trust.managers(), null);
      remember(context.getServerSessionContext(), choices.sessions());
      return new TlsContext(context, choices);
    } catch (GeneralSecurityException problem) {
      throw new TlsException("Failed to configure TLS: " + problem.getMessage(), problem);
    }
  }

  private static void remember(@Nullable SSLSessionContext of, TlsChoices.Sessions sessions) {
    if (of != null) {
      of.setSessionCacheSize(sessions.most());
      of.setSessionTimeout(sessions.seconds());
    }
  }

  /** Returns a new end for a connection that somebody opened to us. */
  public SSLEngine accepting(ClientCertificates ask) {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = parameters(engine.getSSLParameters());
    parameters.setUseCipherSuitesOrder(choices.preferServerOrder());
    switch (ask) {
      case NONE -> parameters.setNeedClientAuth(false);
      case OPTIONAL -> parameters.setWantClientAuth(true);
      case REQUIRED -> parameters.setNeedClientAuth(true);
    }
    engine.setSSLParameters(parameters);
    return engine;
  }

  /**
   * Returns a new end for a connection that we open.
   *
   * @param host where to: sessions with the same place are resumed
   */
  public SSLEngine connecting(String host, int port) {
    SSLEngine engine = context.createSSLEngine(host, port);
    engine.setUseClientMode(true);
    engine.setSSLParameters(connecting(engine.getSSLParameters()));
    return engine;
  }

  /**
   * Speaks TLS over a connected socket, which is closed with the returned one.
   *
   * @param host where the socket leads to: sessions with the same place are resumed
   * @throws IOException if the ends do not agree, or one does not trust the other
   */
  public Socket connect(Socket plain, String host) throws IOException {
    SSLSocket secure =
        (SSLSocket) context.getSocketFactory().createSocket(plain, host, plain.getPort(), true);
    secure.setSSLParameters(connecting(secure.getSSLParameters()));
    secure.startHandshake();
    return secure;
  }

  private SSLParameters connecting(SSLParameters of) {
    SSLParameters parameters = parameters(of);
    String name = choices.serverName();
    parameters.setServerNames(name == null ? List.of() : List.of(new SNIHostName(name)));
    return parameters;
  }

  private SSLParameters parameters(SSLParameters of) {
    of.setProtocols(protocols);
    of.setCipherSuites(ciphers);
    return of;
  }
}
