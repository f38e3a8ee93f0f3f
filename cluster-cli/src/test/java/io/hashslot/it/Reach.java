package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.peer.LastWill;
import io.hashslot.peer.TestCertificate;
import io.hashslot.resp.client.ConnectOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How servers are reached, by clients and by each other. The words of {@code
 * -Dhashslot.reach=names,ipv6,tls} make whole test classes of clusters run in that way.
 *
 * @param names whether clients are told hostnames
 * @param ipv6 whether addresses are of IPv6
 * @param certificate what connections of all kinds are encrypted with; null: they are plain
 */
record Reach(boolean names, boolean ipv6, @Nullable TestCertificate certificate) {
  /** Plain IPv4. */
  static final Reach PLAIN = new Reach(false, false, null);

  /** What the tests are run with, plain IPv4 unless a system property asks for another way. */
  static final Reach ASKED_FOR = of(System.getProperty("hashslot.reach", ""));

  /** Reads {@code names}, {@code ipv6} and {@code tls}, divided by commas. */
  static Reach of(String words) {
    Set<String> asked = words.isEmpty() ? Set.of() : Set.of(words.split(",", -1));
    assertThat(Set.of("names", "ipv6", "tls")).containsAll(asked);
    TestCertificate certificate = null;
    if (asked.contains("tls")) {
      try {
        certificate = TestCertificate.of("ec", LastWill.temporaryFolder("hashslot-tls-"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new Reach(asked.contains("names"), asked.contains("ipv6"), certificate);
  }

  /** Whether this machine has IPv6 at all. */
  static boolean machineHasIpv6() {
    try (var _ = new ServerSocket(0, 1, InetAddress.ofLiteral("::1"))) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /** The same where there is nobody to ask for a name. */
  Reach withoutNames() {
    return new Reach(false, ipv6, certificate);
  }

  boolean tls() {
    return certificate != null;
  }

  /** Where servers run that have no other place. */
  Place place() {
    return ipv6 ? new Place("::1", List.of()) : Place.HERE;
  }

  /** What a server is started with. */
  List<String> options(String host, int port) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("--bind", host));
    // Where a name leads to both addresses, both must lead to the server.
    if (names && ipv6) words.add("127.0.0.1");
    if (certificate == null) {
      words.addAll(List.of("--port", "" + port));
    } else {
      words.addAll(List.of("--port", "0", "--tls-port", "" + port));
      words.addAll(List.of("--tls-cluster", "yes", "--tls-replication", "yes"));
      words.addAll(certificate.directives());
    }
    if (names) {
      words.addAll(List.of("--cluster-announce-hostname", "localhost"));
      words.addAll(List.of("--cluster-preferred-endpoint-type", "hostname"));
    }
    return words;
  }

  /** What a command line needs to reach a server. */
  List<String> ofCommandLine() {
    return certificate == null
        ? List.of()
        : List.of(
            "--tls",
            "--cacert",
            certificate.certificate().toString(),
            "--cert",
            certificate.certificate().toString(),
            "--key",
            certificate.key().toString());
  }

  /** What a client of ours needs, with bounded waits. */
  ConnectOptions ofClient() {
    ConnectOptions options = ConnectOptions.PLAIN.withTimeoutsMs(20_000, 90_000);
    return certificate == null ? options : options.withTls(certificate.context());
  }
}
