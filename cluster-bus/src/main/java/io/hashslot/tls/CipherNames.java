package io.hashslot.tls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLParameters;

/**
 * Ciphers as OpenSSL names them, in the JDK's words. A list is read as OpenSSL reads it: names that
 * nobody knows are passed over as long as one is left. Of its many words for groups there are those
 * below; what they exclude is not among the JDK's ciphers in the first place.
 */
final class CipherNames {
  /** All that are fit for use, in the JDK's order. */
  private static final Set<String> ALL = Set.of("DEFAULT", "HIGH", "ALL", "MEDIUM");

  /** What the JDK does not offer, so that leaving it out needs nothing. */
  private static final Set<String> NEVER_THERE =
      Set.of(
          "aNULL",
          "eNULL",
          "NULL",
          "EXPORT",
          "EXP",
          "LOW",
          "MD5",
          "RC4",
          "DES",
          "3DES",
          "PSK",
          "SRP",
          "CAMELLIA",
          "SEED",
          "IDEA",
          "ADH",
          "AECDH",
          "ARIA",
          "SSLv2",
          "SSLv3");

  private CipherNames() {}

  /**
   * Chooses ciphers.
   *
   * @param upTo12 names for TLS 1.2 and before, divided by colons, commas or blanks; empty: those
   *     of the JDK
   * @param of13 names for TLS 1.3; empty: those of the JDK
   * @param offered what the JDK supports and what it uses
   * @throws TlsException if nothing is left, or something excluded that the JDK may offer
   */
  static String[] choose(String upTo12, String of13, SSLParameters offered, String[] supported)
      throws TlsException {
    Set<String> chosen = new LinkedHashSet<>();
    chosen.addAll(list(of13, "tls-ciphersuites", true, offered.getCipherSuites(), supported));
    chosen.addAll(list(upTo12, "tls-ciphers", false, offered.getCipherSuites(), supported));
    return chosen.toArray(String[]::new);
  }

  private static List<String> list(
      String names, String purpose, boolean of13, String[] usual, String[] supported)
      throws TlsException {
    List<String> all = Arrays.stream(usual).filter(suite -> is13(suite) == of13).toList();
    if (names.isEmpty()) {
      return all;
    }
    Set<String> chosen = new LinkedHashSet<>();
    List<String> excluded = new ArrayList<>();
    for (String name : names.split("[:, ]+", -1)) {
      if (name.startsWith("!") || name.startsWith("-")) {
        String suite = find(name.substring(1), of13, supported);
        if (!suite.isEmpty()) {
          excluded.add(suite);
        } else if (!NEVER_THERE.contains(name.substring(1))) {
          throw new TlsException("Failed to configure " + purpose + ": cannot leave out " + name);
        }
      } else if (ALL.contains(name)) {
        chosen.addAll(all);
      } else {
        String suite = find(name, of13, supported);
        if (!suite.isEmpty()) {
          chosen.add(suite);
        }
      }
    }
    excluded.forEach(chosen::remove);
    if (chosen.isEmpty()) {
      throw new TlsException("Failed to configure " + purpose + ": no cipher is known of " + names);
    }
    return List.copyOf(chosen);
  }

  /** The JDK's name for a cipher that is named in either way; empty if there is none. */
  private static String find(String name, boolean of13, String[] supported) {
    for (String suite : supported) {
      if (is13(suite) == of13 && (suite.equals(name) || openSsl(suite).equals(name))) {
        return suite;
      }
    }
    return "";
  }

  private static boolean is13(String suite) {
    return suite.startsWith("TLS_") && !suite.contains("_WITH_");
  }

  /** {@code TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256} is {@code ECDHE-RSA-AES128-GCM-SHA256} there. */
  static String openSsl(String suite) {
    if (is13(suite) || !suite.contains("_WITH_")) {
      return suite;
    }
    String[] halves = suite.substring(suite.indexOf('_') + 1).split("_WITH_", 2);
    String exchange = halves[0].equals("RSA") ? "" : halves[0].replace('_', '-') + '-';
    String cipher =
        halves[1]
            .replace("AES_", "AES")
            .replace("_CBC", "")
            .replace("CHACHA20_POLY1305_SHA256", "CHACHA20_POLY1305")
            .replace('_', '-');
    return exchange + cipher;
  }
}
