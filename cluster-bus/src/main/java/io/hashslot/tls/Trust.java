package io.hashslot.tls;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whom this end believes: certificates that one of the given authorities vouches for. Names are not
 * compared, as in the C servers and their command lines: who has a certificate of the authority
 * belongs to us.
 */
public final class Trust {
  private static final String PURPOSE = "Failed to configure CA certificate(s) file/directory";

  private final TrustManager[] managers;

  private Trust(TrustManager... managers) {
    this.managers = managers;
  }

  /**
   * Those vouched for by authorities in PEM files.
   *
   * @param file with one or more certificates, null: none
   * @param folder with such files, null: none. Nobody is trusted if both are null
   * @throws TlsException if a file is missing or damaged
   */
  public static Trust authorities(@Nullable Path file, @Nullable Path folder) throws TlsException {
    List<X509Certificate> certificates = new ArrayList<>();
    if (file != null) {
      certificates.addAll(CertificateFiles.read(file, PURPOSE));
    }
    if (folder != null) {
      certificates.addAll(CertificateFiles.readAll(folder, PURPOSE));
    }
    try {
      KeyStore anchors = KeyStore.getInstance("PKCS12");
      anchors.load(null, null);
      for (int i = 0; i < certificates.size(); i++) {
        anchors.setCertificateEntry("authority-" + i, certificates.get(i));
      }
      return new Trust(managers(anchors));
    } catch (GeneralSecurityException | IOException problem) {
      throw new TlsException(PURPOSE + ": " + problem.getMessage(), problem);
    }
  }

  /** Those whom the Java runtime trusts. */
  public static Trust system() throws TlsException {
    try {
      return new Trust(managers(null));
    } catch (GeneralSecurityException problem) {
      throw new TlsException(PURPOSE + ": " + problem.getMessage(), problem);
    }
  }

  /** Everybody: such a connection is encrypted, but to whom is not known. */
  public static Trust anybody() {
    return new Trust(new Credulous());
  }

  private static TrustManager[] managers(@Nullable KeyStore anchors)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(anchors);
    return factory.getTrustManagers();
  }

  TrustManager[] managers() {
    return managers;
  }

  private static final class Credulous extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
