package io.hashslot.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** A private key in PEM: PKCS #8, with a password or without, PKCS #1 (RSA) or SEC 1 (EC). */
final class PrivateKeyFile {
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

  private PrivateKeyFile() {}

  /**
   * Reads the first key of a file.
   *
   * @param password empty if there is none
   * @throws TlsException if there is none that can be read
   */
  static PrivateKey read(Path file, String password) throws TlsException {
    String purpose = "Failed to load private key";
    for (PemBlock block : PemBlock.read(file, purpose)) {
      try {
        switch (block.label()) {
          case "PRIVATE KEY" -> {
            return decode(new PKCS8EncodedKeySpec(block.content()));
          }
          case "ENCRYPTED PRIVATE KEY" -> {
            return decode(decrypt(block.content(), password));
          }
          case "RSA PRIVATE KEY" -> {
            return decode(new PKCS8EncodedKeySpec(Pkcs8.ofRsa(block.content())));
          }
          case "EC PRIVATE KEY" -> {
            return decode(new PKCS8EncodedKeySpec(Pkcs8.ofEc(block.content())));
          }
          default -> {}
        }
      } catch (GeneralSecurityException | IOException | IllegalArgumentException problem) {
        throw new TlsException(purpose + ": " + file + ": " + problem.getMessage(), problem);
      }
    }
    throw new TlsException(purpose + ": " + file + ": holds no private key in PEM");
  }

  private static PrivateKey decode(PKCS8EncodedKeySpec key) throws GeneralSecurityException {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(key);
      } catch (InvalidKeySpecException _) {
        // Then one of another kind: the encoding itself tells which, but only to its own factory.
      }
    }
    throw new InvalidKeySpecException("is no key of a known kind");
  }

  private static PKCS8EncodedKeySpec decrypt(byte[] encrypted, String password)
      throws GeneralSecurityException, IOException {
    var info = new EncryptedPrivateKeyInfo(encrypted);
    AlgorithmParameters parameters = info.getAlgParameters();
    if (parameters == null) {
      throw new InvalidKeySpecException("does not tell how it is encrypted");
    }
    // The second scheme of PKCS #5 names its algorithms in the parameters only.
    String scheme = parameters.getAlgorithm();
    String name = scheme.equals("PBES2") ? parameters.toString() : scheme;
    var secret = new PBEKeySpec(password.toCharArray());
    try {
      Cipher cipher = Cipher.getInstance(name);
      cipher.init(
          Cipher.DECRYPT_MODE,
          SecretKeyFactory.getInstance(name).generateSecret(secret),
          parameters);
      return info.getKeySpec(cipher);
    } catch (InvalidKeySpecException problem) {
      throw new InvalidKeySpecException("the password is wrong", problem);
    } finally {
      secret.clearPassword();
    }
  }
}
