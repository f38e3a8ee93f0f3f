package io.hashslot.bus.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hashslot.bus.core.Answer;
import io.hashslot.peer.PeerServer;
import io.hashslot.peer.Ports;
import io.hashslot.peer.TestCertificate;
import io.hashslot.tls.TlsContext;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The bus over TLS, with certificates on both sides. */
class ClusterBusTlsIT {
  @TempDir private Path folder;
  private TestCertificate certificate;

  @BeforeEach
  void makeCertificate() {
    certificate = TestCertificate.of("ec", folder);
  }

  @ParameterizedTest
  @EnumSource(PeerServer.Kind.class)
  void weAndTheServerMeetOverTls(PeerServer.Kind kind) throws IOException {
    int tlsPort = Ports.next();
    try (PeerServer peer =
            PeerServer.start(
                kind,
                folder.resolve("peer"),
                Stream.concat(
                        Stream.of(
                            "--cluster-node-timeout",
                            "60000",
                            "--tls-cluster",
                            "yes",
                            "--tls-port",
                            "" + tlsPort),
                        certificate.directives().stream())
                    .toArray(String[]::new));
        BusNode us = BusNode.start(folder.resolve("us"), 60_000, tls())) {
      assertThat(us.meet(tlsPort, peer.busPort())).isEqualTo(Answer.OK);
      await("both to be connected")
          .atMost(BusNode.PATIENCE)
          .until(
              () ->
                  us.isConnectedTo(peer.id())
                      && peer.nodeLine(us.id()).contains(" connected")
                      && !peer.nodeLine(us.id()).contains("handshake"));
    }
  }

  @Test
  void whoSpeaksPlainlyIsClosed() throws IOException {
    try (BusNode us = BusNode.start(folder.resolve("us"), 60_000, tls());
        Socket plain = new Socket("127.0.0.1", us.busPort())) {
      plain.setSoTimeout(60_000);
      plain.getOutputStream().write(new byte[100]);
      // An alert may come first; what counts is the end.
      assertThat(plain.getInputStream().readAllBytes()).hasSizeLessThan(100);
    }
  }

  private BusOptions tls() {
    TlsContext context = certificate.context();
    return new BusOptions(
        List.of("127.0.0.1"),
        Ports.next(),
        () -> "",
        BusOptions.defaultMaxFrameBytes(),
        new BusTls() {
          @Override
          public SSLEngine accepting() {
            return context.accepting(TlsContext.ClientCertificates.REQUIRED);
          }

          @Override
          public SSLEngine connecting(String ip, int port) {
            return context.connecting(ip, port);
          }
        });
  }
}
