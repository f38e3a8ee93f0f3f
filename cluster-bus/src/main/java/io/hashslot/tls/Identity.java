package io.hashslot.tls;

import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Who this end is: a certificate, those that vouch for it, and its private key. */
public final class Identity {
  private static final String NAME = "own";

  private final X509Certificate[] chain;
  private final PrivateKey key;

  private Identity(List<X509Certificate> chain, PrivateKey key) {
    this.chain = chain.toArray(X509Certificate[]::new);
    this.key = key;
  }

  /**
   * Reads it from PEM files.
   *
   * @param certificate the own certificate, those that lead to an authority behind it
   * @param key the private key
   * @param password of the key; empty if it has none
   * @throws TlsException if a file is missing or damaged, or the key belongs to another certificate
   */
  public static Identity read(Path certificate, Path key, String password) throws TlsException {
    List<X509Certificate> chain = CertificateFiles.read(certificate, "Failed to load certificate");
    PrivateKey secret = PrivateKeyFile.read(key, password);
    if (!belongTogether(chain.getFirst(), secret)) {
      throw new TlsException(
          "Failed to load private key: " + key + ": does not belong to " + certificate);
    }
    return new Identity(chain, secret);
  }

  private static boolean belongTogether(X509Certificate certificate, PrivateKey key) {
    String kind = key.getAlgorithm().toUpperCase(Locale.ROOT);
    String algorithm =
        switch (kind) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    byte[] something = {1, 2, 3};
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(something);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(something);
      return signature.verify(signed);
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  /**
   * The same identity whoever asks: the JDK's own would show it only to those who know its
   * authority.
   */
  X509ExtendedKeyManager keyManager() {
    return new OnlyKey();
  }

  private final class OnlyKey extends X509ExtendedKeyManager {
    private boolean fits(String keyType) {
      // "EC_RSA" is an EC key that an RSA key vouches for.
      String kind = keyType.split("_", 2)[0];
      return kind.equals(key.getAlgorithm());
    }

    private @Nullable String nameIfFits(String... keyTypes) {
      for (String keyType : keyTypes) {
        if (fits(keyType)) {
          return NAME;
        }
      }
      return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
      return fits(keyType) ? new String[] {NAME} : null;
    }

    @Override
    public @Nullable String chooseClientAlias(
        String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return nameIfFits(keyTypes);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
        String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
      return nameIfFits(keyTypes);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
      return getClientAliases(keyType, issuers);
    }

    @Override
    public @Nullable String chooseServerAlias(
        String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return nameIfFits(keyType);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
        String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
      return nameIfFits(keyType);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return chain.clone();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return key;
    }
  }
}
