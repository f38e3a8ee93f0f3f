package io.hashslot.cli;

import io.hashslot.tls.Identity;
import io.hashslot.tls.TlsChoices;
import io.hashslot.tls.TlsContext;
import io.hashslot.tls.TlsException;
import io.hashslot.tls.Trust;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What connections are encrypted with: {@code --tls} and the options that go with it. */
final class TlsOptions {
  private TlsOptions() {}

  /**
   * Reads the files that the options name.
   *
   * @return {@code null} for plain connections
   * @throws UsageException if a file cannot be used, or options contradict each other
   */
  static @Nullable TlsContext of(Arguments arguments, RedisUri uri) throws UsageException {
    if (!arguments.has(Option.TLS) && !uri.tls()) {
      return null;
    }
    try {
      TlsChoices choices =
          TlsChoices.USUAL
              .withCiphers(
                  text(arguments, Option.TLS_CIPHERS), text(arguments, Option.TLS_CIPHERSUITES))
              .withServerName(arguments.text(Option.SNI));
      return TlsContext.of(identity(arguments), trust(arguments), choices);
    } catch (TlsException problem) {
      throw new UsageException("Could not initialize TLS: " + problem.getMessage());
    }
  }

  private static @Nullable Identity identity(Arguments arguments)
      throws UsageException, TlsException {
    Path certificate = path(arguments, Option.CERT);
    Path key = path(arguments, Option.KEY);
    if ((certificate == null) != (key == null)) {
      throw new UsageException("Options --cert and --key go together.");
    }
    return certificate == null || key == null ? null : Identity.read(certificate, key, "");
  }

  private static Trust trust(Arguments arguments) throws TlsException {
    Path file = path(arguments, Option.CACERT);
    Path folder = path(arguments, Option.CACERTDIR);
    if (arguments.has(Option.INSECURE)) {
      return Trust.anybody();
    }
    return file == null && folder == null ? Trust.system() : Trust.authorities(file, folder);
  }

  private static @Nullable Path path(Arguments arguments, Option option) {
    String name = arguments.text(option);
    return name == null ? null : Path.of(name);
  }

  private static String text(Arguments arguments, Option option) {
    return Objects.requireNonNullElse(arguments.text(option), "");
  }
}
