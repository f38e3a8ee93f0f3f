package io.hashslot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.ManualClock;
import io.hashslot.resp.client.ConnectOptions;
import io.hashslot.resp.client.Endpoint;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class MigrationLinksTest {
  @Test
  void aConnectionThatAMigrateWaitsForIsNotIdle() throws Exception {
    var clock = new ManualClock();
    try (var target = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        var links = new MigrationLinks(clock, () -> ConnectOptions.PLAIN)) {
      Endpoint to = new Endpoint("127.0.0.1", target.getLocalPort());
      MigrationLinks.Link lent = links.open(to, 30_000);
      clock.advanceMs(11_000);
      links.closeIdle();
      assertThat(links.count()).isOne();
      links.giveBack(lent);
      clock.advanceMs(9_000);
      links.closeIdle();
      assertThat(links.open(to, 30_000)).isSameAs(lent);
      links.giveBack(lent);
      clock.advanceMs(11_000);
      links.closeIdle();
      assertThat(links.count()).isZero();
    }
  }
}
