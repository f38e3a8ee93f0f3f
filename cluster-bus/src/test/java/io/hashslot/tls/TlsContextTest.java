package io.hashslot.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hashslot.peer.TestCertificate;
import io.hashslot.tls.TlsContext.ClientCertificates;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsContextTest {
  @TempDir private Path folder;

  private Path file(String name) {
    return TestCertificate.copy(name, folder);
  }

  @ParameterizedTest
  @CsvSource({
    "ec.crt, ec.key, ''",
    "ec.crt, ec-sec1.key, ''",
    "rsa.crt, rsa.key, ''",
    "rsa.crt, rsa-pkcs1.key, ''",
    "rsa.crt, rsa-encrypted.key, secret",
    "ed25519.crt, ed25519.key, ''"
  })
  void shouldReadKeysInAllFormsOfOpenSsl(String certificate, String key, String password)
      throws Exception {
    Identity identity = Identity.read(file(certificate), file(key), password);
    Trust trust = Trust.authorities(file(certificate), null);
    TlsContext context = TlsContext.of(identity, trust, TlsChoices.USUAL);
    SSLEngine client = context.connecting("localhost", 1);
    assertThat(said(context.accepting(ClientCertificates.REQUIRED), client)).isEqualTo("hello");
    assertThat(client.getSession().getProtocol()).isEqualTo("TLSv1.3");
  }

  @Test
  void shouldTellWhichFileCannotBeUsed() throws Exception {
    Path certificate = file("rsa.crt");
    Path nothing = folder.resolve("nothing.pem");
    Path noPem = Files.writeString(folder.resolve("text.pem"), "neither this nor that");
    assertThatThrownBy(() -> Identity.read(nothing, file("rsa.key"), ""))
        .hasMessage("Failed to load certificate: " + nothing + ": cannot be read");
    assertThatThrownBy(() -> Identity.read(noPem, file("rsa.key"), ""))
        .hasMessage("Failed to load certificate: " + noPem + ": holds no certificate in PEM");
    assertThatThrownBy(() -> Identity.read(certificate, noPem, ""))
        .hasMessage("Failed to load private key: " + noPem + ": holds no private key in PEM");
    assertThatThrownBy(() -> Identity.read(certificate, file("other.key"), ""))
        .hasMessageEndingWith("other.key: does not belong to " + certificate);
    assertThatThrownBy(() -> Identity.read(certificate, file("rsa-encrypted.key"), "wrong"))
        .isInstanceOf(TlsException.class)
        .hasMessageStartingWith("Failed to load private key: " + file("rsa-encrypted.key"));
    assertThatThrownBy(() -> Identity.read(certificate, file("rsa-old-encrypted.key"), "secret"))
        .hasMessageContaining("openssl pkcs8 -topk8");
    assertThatThrownBy(() -> Trust.authorities(noPem, null))
        .hasMessageStartingWith("Failed to configure CA certificate(s) file/directory: " + noPem);
  }

  @Test
  void shouldTrustWhoeverAFolderVouchesFor() throws Exception {
    file("ec.crt");
    file("other.crt");
    file("ec.key");
    Trust both = Trust.authorities(null, folder);
    TlsContext server = context("ec", both);
    assertThat(said(server.accepting(ClientCertificates.REQUIRED), client("other", both)))
        .isEqualTo("hello");
  }

  @Test
  void shouldRefuseStrangers() throws Exception {
    Trust own = Trust.authorities(file("ec.crt"), null);
    TlsContext server = context("ec", own);
    SSLEngine stranger = client("other", own);
    assertThatThrownBy(() -> said(server.accepting(ClientCertificates.REQUIRED), stranger))
        .hasStackTraceContaining("SSLHandshakeException");
    SSLEngine credulous = client("other", Trust.anybody());
    assertThatThrownBy(() -> said(server.accepting(ClientCertificates.OPTIONAL), credulous))
        .hasStackTraceContaining("SSLHandshakeException");
    SSLEngine careful = client("other", Trust.authorities(file("other.crt"), null));
    assertThatThrownBy(() -> said(server.accepting(ClientCertificates.NONE), careful))
        .hasStackTraceContaining("SSLHandshakeException");
    TlsContext nobody = TlsContext.of(null, own, TlsChoices.USUAL);
    assertThatThrownBy(
            () -> said(server.accepting(ClientCertificates.REQUIRED), nobody.connecting("h", 1)))
        .hasStackTraceContaining("SSLHandshakeException");
    assertThat(said(server.accepting(ClientCertificates.OPTIONAL), nobody.connecting("h", 1)))
        .isEqualTo("hello");
  }

  @Test
  void shouldSpeakWhatWasChosen() throws Exception {
    var choices =
        new TlsChoices(
            TlsChoices.protocols("tlsv1.2"),
            "NOSUCH:ECDHE-RSA-AES256-GCM-SHA384:AES128-SHA",
            "",
            true,
            null,
            TlsChoices.Sessions.NONE);
    Identity identity = Identity.read(file("rsa.crt"), file("rsa.key"), "");
    TlsContext server = TlsContext.of(identity, Trust.authorities(null, null), choices);
    SSLEngine client =
        TlsContext.of(null, Trust.anybody(), TlsChoices.USUAL).connecting("localhost", 1);
    assertThat(said(server.accepting(ClientCertificates.NONE), client)).isEqualTo("hello");
    assertThat(client.getSession().getProtocol()).isEqualTo("TLSv1.2");
    assertThat(client.getSession().getCipherSuite())
        .isEqualTo("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
  }

  @Test
  void shouldRefuseChoicesThatLeaveNothing() {
    assertThatThrownBy(() -> TlsChoices.protocols("TLSv1.2 SSLv3"))
        .hasMessageStartingWith("Invalid tls-protocols specified.");
    for (String ciphers : List.of("NOSUCH", "DEFAULT:!kRSA")) {
      TlsChoices choices = TlsChoices.USUAL.withCiphers(ciphers, "");
      assertThatThrownBy(() -> TlsContext.of(null, Trust.anybody(), choices))
          .isInstanceOf(TlsException.class)
          .hasMessageStartingWith("Failed to configure tls-ciphers");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, ECDHE-ECDSA-AES128-SHA256",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, ECDHE-RSA-CHACHA20-POLY1305",
    "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384, DHE-RSA-AES256-GCM-SHA384",
    "TLS_RSA_WITH_AES_256_CBC_SHA, AES256-SHA",
    "TLS_AES_128_GCM_SHA256, TLS_AES_128_GCM_SHA256"
  })
  void shouldKnowOpenSslsNamesOfCiphers(String jdk, String openSsl) {
    assertThat(CipherNames.openSsl(jdk)).isEqualTo(openSsl);
  }

  private TlsContext context(String name, Trust trust) throws TlsException {
    Identity identity = Identity.read(file(name + ".crt"), file(name + ".key"), "");
    return TlsContext.of(identity, trust, TlsChoices.USUAL);
  }

  private SSLEngine client(String name, Trust trust) throws TlsException {
    return context(name, trust).connecting("localhost", 1);
  }

  /** Connects the two ends; returns what the server reads when the client says "hello". */
  private static String said(SSLEngine server, SSLEngine client) {
    EmbeddedChannel serverEnd = new EmbeddedChannel(new SslHandler(server));
    EmbeddedChannel clientEnd = new EmbeddedChannel(new SslHandler(client));
    var hello = Unpooled.copiedBuffer("hello", StandardCharsets.US_ASCII);
    clientEnd.writeOneOutbound(hello);
    clientEnd.flushOutbound();
    try {
      while (move(clientEnd, serverEnd) | move(serverEnd, clientEnd)) {
        // Until nobody has anything more to say.
      }
      ByteBuf heard = serverEnd.readInbound();
      assertThat(heard).as("what the server heard").isNotNull();
      String text = heard.toString(StandardCharsets.US_ASCII);
      heard.release();
      return text;
    } finally {
      serverEnd.finishAndReleaseAll();
      clientEnd.finishAndReleaseAll();
    }
  }

  private static boolean move(EmbeddedChannel from, EmbeddedChannel to) {
    boolean moved = false;
    for (ByteBuf bytes; (bytes = from.readOutbound()) != null; ) {
      to.writeInbound(bytes);
      moved = true;
    }
    from.checkException();
    return moved;
  }
}
