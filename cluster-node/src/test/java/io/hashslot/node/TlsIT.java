package io.hashslot.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hashslot.config.Config;
import io.hashslot.peer.Ports;
import io.hashslot.peer.TestCertificate;
import io.hashslot.resp.Reply;
import io.hashslot.resp.client.Command;
import io.hashslot.resp.client.ConnectOptions;
import io.hashslot.resp.client.Endpoint;
import io.hashslot.resp.client.RespConnection;
import io.hashslot.tls.Identity;
import io.hashslot.tls.TlsChoices;
import io.hashslot.tls.TlsContext;
import io.hashslot.tls.Trust;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients on the TLS port, and who is let in there. */
class TlsIT {
  private static final int LARGE = 4_000_000;

  @TempDir private Path folder;
  private final int tlsPort = Ports.next();
  private TestCertificate own;
  private TestCertificate other;

  @BeforeEach
  void certificates() {
    own = TestCertificate.of("ec", folder.resolve("own"));
    other = TestCertificate.of("other", folder.resolve("other"));
  }

  private Node start(String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("--port", "0", "--tls-port", "" + tlsPort));
    all.addAll(List.of("--bind", "127.0.0.1", "--dir", "" + folder, "--save", ""));
    all.addAll(List.of("--io-threads", "1"));
    all.addAll(own.directives());
    all.addAll(List.of(options));
    return Node.start(Config.of(all.toArray(String[]::new)));
  }

  private RespConnection connect(TlsContext context) throws IOException {
    return RespConnection.open(
        new Endpoint("127.0.0.1", tlsPort),
        ConnectOptions.PLAIN.withTimeoutsMs(60_000, 60_000).withTls(context));
  }

  private String call(TlsContext context, String... words) throws IOException {
    try (RespConnection connection = connect(context)) {
      return connection.call(words).asText();
    }
  }

  private static TlsContext withoutCertificate(TestCertificate server) throws Exception {
    return TlsContext.of(null, Trust.authorities(server.certificate(), null), TlsChoices.USUAL);
  }

  private TlsContext stranger() throws Exception {
    return TlsContext.of(
        Identity.read(other.certificate(), other.key(), ""), Trust.anybody(), TlsChoices.USUAL);
  }

  @Test
  void largeValuesAndManyCommandsGoBothWays() throws Exception {
    try (var _ = start();
        RespConnection connection = connect(own.context())) {
      byte[] value = new byte[LARGE];
      for (int i = 0; i < LARGE; i++) value[i] = (byte) (i * 31 >> 3);
      Reply stored = connection.call(new Command(List.of(bytes("SET"), bytes("large"), value)));
      assertThat(stored.asText()).isEqualTo("OK");
      Reply read = connection.call("GET", "large");
      assertThat(Arrays.equals(((Reply.Bulk) read).bytes(), value)).isTrue();
      List<Command> commands = new ArrayList<>();
      for (int i = 0; i < 5_000; i++) commands.add(Command.of("INCR", "counter"));
      assertThat(connection.pipeline(commands).getLast().asText()).isEqualTo("5000");
      assertThat(connection.call("INFO", "server").asText())
          .contains("tcp_port:" + tlsPort + "\r\n", "name=tls,bind=127.0.0.1,port=" + tlsPort);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whoHasNoCertificateIsLetInAsTheDirectiveSays() throws Exception {
    try (var _ = start()) {
      TlsContext nobody = withoutCertificate(own);
      assertThatThrownBy(() -> call(nobody, "PING")).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> call(stranger(), "PING")).isInstanceOf(IOException.class);
      assertThat(call(own.context(), "CONFIG", "SET", "tls-auth-clients", "optional"))
          .isEqualTo("OK");
      assertThat(call(nobody, "PING")).isEqualTo("PONG");
      assertThatThrownBy(() -> call(stranger(), "PING")).isInstanceOf(IOException.class);
      assertThat(call(nobody, "CONFIG", "SET", "tls-auth-clients", "no")).isEqualTo("OK");
      assertThat(call(stranger(), "PING")).isEqualTo("PONG");
    }
  }

  @Test
  void certificatesAreExchangedWhileConnectionsStay() throws Exception {
    try (var _ = start("--tls-auth-clients", "no");
        RespConnection old = connect(withoutCertificate(own))) {
      Files.copy(other.certificate(), own.certificate(), StandardCopyOption.REPLACE_EXISTING);
      assertThat(old.call("CONFIG", "SET", "tls-cert-file", "" + own.certificate()).asText())
          .as("a certificate without its key")
          .isEqualTo(
              "ERR CONFIG SET failed (possibly related to argument 'tls-cert-file') - Unable to"
                  + " update TLS configuration. Check server logs.");
      TestCertificate before = TestCertificate.of("ec", folder.resolve("before"));
      assertThat(call(withoutCertificate(before), "PING")).isEqualTo("PONG");

      Files.copy(other.key(), own.key(), StandardCopyOption.REPLACE_EXISTING);
      assertThat(old.call("CONFIG", "SET", "tls-cert-file", "" + own.certificate()).asText())
          .as("the same name, with another content")
          .isEqualTo("OK");
      assertThat(call(withoutCertificate(other), "PING")).isEqualTo("PONG");
      assertThatThrownBy(() -> call(withoutCertificate(before), "PING"))
          .isInstanceOf(IOException.class);
      assertThat(old.call("PING").asText()).isEqualTo("PONG");
    }
  }

  @Test
  void portsOpenAndCloseWhileTheServerRuns() throws Exception {
    int port = Ports.next();
    try (var _ = start("--tls-port", "0", "--port", "" + port);
        RespConnection plain =
            RespConnection.open(
                new Endpoint("127.0.0.1", port),
                ConnectOptions.PLAIN.withTimeoutsMs(60_000, 60_000))) {
      assertThatThrownBy(() -> call(own.context(), "PING")).isInstanceOf(IOException.class);
      assertThat(plain.call("CONFIG", "SET", "tls-port", "" + tlsPort).asText()).isEqualTo("OK");
      assertThat(call(own.context(), "CONFIG", "SET", "port", "0")).isEqualTo("OK");
      assertThat(call(own.context(), "PING")).isEqualTo("PONG");
    }
  }

  @Test
  void whoSpeaksPlainlyIsShownOutAndHarmsNobody() throws Exception {
    try (var _ = start();
        Socket plain = new Socket("127.0.0.1", tlsPort)) {
      plain.setSoTimeout(60_000);
      plain.getOutputStream().write(bytes("PING\r\n"));
      assertThat(plain.getInputStream().readAllBytes()).hasSizeLessThan(100);
      assertThat(call(own.context(), "PING")).isEqualTo("PONG");
    }
  }

  @Test
  void aServerWhoseFilesCannotBeUsedDoesNotStart() throws Exception {
    Path missing = folder.resolve("missing.crt");
    assertThatThrownBy(() -> start("--tls-cert-file", "" + missing))
        .hasMessage("Failed to load certificate: " + missing + ": cannot be read");
    assertThatThrownBy(() -> start("--tls-key-file", "" + other.key()))
        .hasMessageEndingWith("does not belong to " + own.certificate());
    assertThatThrownBy(() -> start("--tls-ca-cert-file", ""))
        .hasMessageStartingWith("Either tls-ca-cert-file or tls-ca-cert-dir must be specified");
    assertThatThrownBy(() -> start("--tls-protocols", "SSLv3"))
        .hasMessageStartingWith("Invalid tls-protocols specified.");
  }
}
