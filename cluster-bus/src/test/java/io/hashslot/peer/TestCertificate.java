package io.hashslot.peer;

import io.hashslot.tls.Identity;
import io.hashslot.tls.TlsChoices;
import io.hashslot.tls.TlsContext;
import io.hashslot.tls.TlsException;
import io.hashslot.tls.Trust;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A self-signed certificate for {@code localhost} and its key, in PEM files. It is its own
 * authority: whoever trusts it trusts all who have it.
 *
 * @param certificate file with the certificate
 * @param key file with the private key
 */
public record TestCertificate(Path certificate, Path key) {
  /** One of those kept beside the tests, put into a folder: {@code ec}, {@code other} ... */
  public static TestCertificate of(String name, Path folder) {
    return new TestCertificate(copy(name + ".crt", folder), copy(name + ".key", folder));
  }

  /** Puts a file of those kept beside the tests into a folder. */
  public static Path copy(String name, Path folder) {
    try (InputStream in = TestCertificate.class.getResourceAsStream("/tls/" + name)) {
      Path file = folder.resolve(name);
      Files.createDirectories(folder);
      Files.write(file, Objects.requireNonNull(in, name).readAllBytes());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The directives that make a server have it and trust those who have it. */
  public List<String> directives() {
    return List.of(
        "--tls-cert-file",
        certificate.toString(),
        "--tls-key-file",
        key.toString(),
        "--tls-ca-cert-file",
        certificate.toString());
  }

  /** An end that has it and trusts those who have it. */
  public TlsContext context() {
    try {
      Trust trust = Trust.authorities(certificate, null);
      return TlsContext.of(Identity.read(certificate, key, ""), trust, TlsChoices.USUAL);
    } catch (TlsException e) {
      throw new AssertionError(e);
    }
  }
}
