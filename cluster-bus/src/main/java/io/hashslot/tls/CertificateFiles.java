package io.hashslot.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Certificates in PEM. */
final class CertificateFiles {
  private CertificateFiles() {}

  /**
   * Reads the certificates of a file, in their order.
   *
   * @param purpose what the file is needed for, to begin a complaint with
   * @throws TlsException if there is none
   */
  static List<X509Certificate> read(Path file, String purpose) throws TlsException {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (PemBlock block : PemBlock.read(file, purpose)) {
        if (block.label().equals("CERTIFICATE") || block.label().equals("X509 CERTIFICATE")) {
          var in = new ByteArrayInputStream(block.content());
          certificates.add((X509Certificate) factory.generateCertificate(in));
        }
      }
    } catch (CertificateException problem) {
      throw new TlsException(purpose + ": " + file + ": is no certificate", problem);
    }
    if (certificates.isEmpty()) {
      throw new TlsException(purpose + ": " + file + ": holds no certificate in PEM");
    }
    return certificates;
  }

  /**
   * Reads the certificates of all files in a folder; files that hold none are passed over.
   *
   * @throws TlsException if the folder cannot be read
   */
  static List<X509Certificate> readAll(Path folder, String purpose) throws TlsException {
    List<X509Certificate> certificates = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, Files::isRegularFile)) {
      for (Path file : files) {
        try {
          certificates.addAll(read(file, purpose));
        } catch (TlsException _) {
          // Keys and notes may lie there, too.
        }
      }
    } catch (IOException problem) {
      throw new TlsException(purpose + ": " + folder + ": cannot be read", problem);
    }
    return certificates;
  }
}
