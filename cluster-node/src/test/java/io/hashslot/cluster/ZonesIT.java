package io.hashslot.cluster;

import static io.hashslot.cluster.Members.join;
import static io.hashslot.cluster.Members.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.cluster.Members.Member;
import io.hashslot.peer.PeerServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Zones are told among our nodes, and pass by redis-server and valkey-server. */
class ZonesIT {
  @TempDir Path folder;

  @Test
  void zonesAreKnownToOurNodesAndDoNoHarmToOthers() throws Exception {
    try (Members members = new Members(folder)) {
      Member one = members.ours("--availability-zone", "zone-a");
      Member two = members.ours("--cluster-availability-zone", "zone-b");
      // Without a name of its own it would not be sent any extension.
      Member redis =
          members.real(PeerServer.Kind.REDIS, "--cluster-announce-hostname", "redis.example");
      Member valkey = members.real(PeerServer.Kind.VALKEY);
      one.call("CLUSTER", "ADDSLOTSRANGE", "0", "8191");
      two.call("CLUSTER", "ADDSLOTSRANGE", "8192", "16383");
      join(one, two, redis, valkey);
      for (Member ours : new Member[] {one, two}) {
        until(
            ours + " knows both zones",
            () -> {
              String spans = ours.call("CLUSTER", "SLOTS");
              return spans.contains("availability-zone zone-a")
                  && spans.contains("availability-zone zone-b");
            });
        assertThat(ours.call("CLUSTER", "SHARDS"))
            .contains("availability-zone zone-a", "availability-zone zone-b");
      }
      for (Member real : new Member[] {redis, valkey}) {
        until("it came there", () -> real.process().log().contains("unknown extension type 31233"));
        until(
            real + " is in good order",
            () -> real.call("CLUSTER", "INFO").contains("cluster_state:ok"));
        for (Member ours : new Member[] {one, two}) {
          until(
              real + " is linked with " + ours,
              () -> real.process().nodeLine(ours.id()).contains(" connected"));
        }
      }
      two.call("CONFIG", "SET", "availability-zone", "zone-c");
      until("the change is told", () -> one.call("CLUSTER", "SLOTS").contains("zone-c"));
      two.call("CONFIG", "SET", "cluster-availability-zone", "not tellable");
      until("it is told no more", () -> !one.call("CLUSTER", "SLOTS").contains("zone-c"));
      assertThat(one.call("CLUSTER", "SLOTS")).doesNotContain("tellable");
    }
  }
}
