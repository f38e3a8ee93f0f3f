package io.hashslot.tls;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an end speaks TLS.
 *
 * @param protocols such as {@code TLSv1.3}; empty: 1.2 and 1.3
 * @param ciphers of TLS 1.2 and before, in the names and the form of OpenSSL; empty: the JDK's
 * @param cipherSuites of TLS 1.3; empty: the JDK's
 * @param preferServerOrder whether the server's order of ciphers decides
 * @param serverName name that a client asks for (SNI); null: none
 * @param sessions how many sessions of clients are kept to be resumed, and for how long
 */
public record TlsChoices(
    List<String> protocols,
    String ciphers,
    String cipherSuites,
    boolean preferServerOrder,
    @Nullable String serverName,
    Sessions sessions) {
  private static final Set<String> PROTOCOLS = Set.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");

  /** What the JDK does by itself, from TLS 1.2 on. */
  public static final TlsChoices USUAL =
      new TlsChoices(List.of(), "", "", false, null, new Sessions(0, 300));

  /**
   * Sessions that can be resumed.
   *
   * @param most how many are kept; 0: any number
   * @param seconds for how long, at least 1
   */
  public record Sessions(int most, int seconds) {
    /** As good as none: the JDK cannot refuse to resume, only forget soon. */
    public static final Sessions NONE = new Sessions(1, 1);
  }

  /** The same with other ciphers. */
  public TlsChoices withCiphers(String upTo12, String of13) {
    return new TlsChoices(protocols, upTo12, of13, preferServerOrder, serverName, sessions);
  }

  /** The same for a client that asks for a name. */
  public TlsChoices withServerName(@Nullable String name) {
    return new TlsChoices(protocols, ciphers, cipherSuites, preferServerOrder, name, sessions);
  }

  /**
   * Reads a list of protocols as {@code tls-protocols} has it, divided by blanks.
   *
   * @throws TlsException if there is an unknown one
   */
  public static List<String> protocols(String text) throws TlsException {
    List<String> protocols = new ArrayList<>();
    for (String word : text.strip().split(" +", -1)) {
      for (String known : PROTOCOLS) {
        if (known.toLowerCase(Locale.ROOT).equals(word.toLowerCase(Locale.ROOT))) {
          protocols.add(known);
        }
      }
      if (!word.isEmpty() && protocols.stream().noneMatch(word::equalsIgnoreCase)) {
        throw new TlsException(
            "Invalid tls-protocols specified. Use a combination of 'TLSv1', 'TLSv1.1', 'TLSv1.2'"
                + " and 'TLSv1.3'.");
      }
    }
    return protocols;
  }
}
