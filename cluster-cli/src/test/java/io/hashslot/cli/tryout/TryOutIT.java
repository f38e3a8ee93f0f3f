package io.hashslot.cli.tryout;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.cli.OurCli;
import io.hashslot.cli.RealServers;
import io.hashslot.cli.RealServers.Printed;
import io.hashslot.resp.client.Endpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TryOutIT {
  @TempDir Path folder;

  @Test
  void shouldWriteReadAndExplain() throws Exception {
    RealServers.require("redis-server");
    try (var servers = new RealServers(folder)) {
      List<Endpoint> nodes = servers.startNodes("redis-server", 3);
      List<String> create = new ArrayList<>(List.of("--cluster", "create"));
      nodes.forEach(node -> create.add(node.toString()));
      create.add("--cluster-yes");
      assertThat(OurCli.plain().run(create).status()).isZero();

      Printed tried = OurCli.plain().run(List.of("--try-out", nodes.get(1).toString()));
      assertThat(tried.status()).as(tried.text()).isZero();
      assertThat(tried.text())
          .contains("10,000 of 10,000 sentences came back as they were written")
          .contains(nodes.getFirst() + " ")
          .contains("0-5460")
          .contains("redis-cli -c -h 127.0.0.1 -p ");
      int keys = 0;
      for (Endpoint node : nodes) {
        keys += Integer.parseInt(RealServers.ask(node, "DBSIZE"));
      }
      assertThat(keys).isEqualTo(10_000);
    }
  }

  @Test
  void shouldSayWhyAClusterCannotBeUsed() {
    Printed failed = OurCli.plain().run(List.of("--try-out", "127.0.0.1:1", "-t", "1"));
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.text())
        .contains("The cluster at 127.0.0.1:1 cannot be used: Connection refused");
  }
}
