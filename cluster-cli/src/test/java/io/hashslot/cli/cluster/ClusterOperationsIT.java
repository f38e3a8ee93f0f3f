package io.hashslot.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.cli.OurCli;
import io.hashslot.cli.RealServers;
import io.hashslot.cli.RealServers.Printed;
import io.hashslot.resp.client.Endpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our cluster operations on clusters of redis-server, with redis-cli as the judge. */
class ClusterOperationsIT {
  @TempDir Path folder;

  @BeforeAll
  static void needsTheRealOnes() {
    RealServers.require("redis-server", "redis-cli");
  }

  private static List<String> cluster(String name, List<Endpoint> nodes, String... options) {
    List<String> words = new ArrayList<>(List.of("--cluster", name));
    nodes.forEach(node -> words.add(node.toString()));
    words.addAll(List.of(options));
    return words;
  }

  private static Printed judge(List<String> words) throws Exception {
    List<String> commandLine = new ArrayList<>(List.of("env", "TERM=dumb", "redis-cli"));
    commandLine.addAll(words);
    return RealServers.run(new byte[0], commandLine);
  }

  private static void assertSameAsJudge(List<String> words) throws Exception {
    assertThat(OurCli.plain().run(words)).as("%s", words).isEqualTo(judge(words));
  }

  @Test
  void shouldFormAClusterThatRedisCliFindsNothingWrongWith() throws Exception {
    try (var servers = new RealServers(folder)) {
      List<Endpoint> nodes = servers.startNodes("redis-server", 6);
      Printed created =
          OurCli.plain().run(cluster("create", nodes, "--cluster-replicas", "1", "--cluster-yes"));
      assertThat(created.text())
          .contains(">>> Performing hash slots allocation on 6 nodes...\n")
          .contains("Master[0] -> Slots 0 - 5460\n")
          .contains("[OK] All nodes agree about slots configuration.\n")
          .contains("[OK] All 16384 slots covered.\n");
      assertThat(created.status()).isZero();
      Printed verdict = judge(List.of("--cluster", "check", nodes.get(3).toString()));
      assertThat(verdict.status()).as(verdict.text()).isZero();

      String first = nodes.getFirst().toString();
      assertSameAsJudge(List.of("--cluster", "check", first));
      assertSameAsJudge(List.of("--cluster", "check", first, "--cluster-search-multiple-owners"));
      assertSameAsJudge(
          List.of("--cluster", "info", "127.0.0.1", Integer.toString(nodes.get(4).port())));
      for (String key : List.of("a", "b", "c", "d")) {
        List<String> set =
            List.of("-c", "-p", Integer.toString(nodes.getFirst().port()), "SET", key, "v");
        assertSameAsJudge(set);
      }
      assertSameAsJudge(List.of("--cluster", "call", first, "PING", "hello"));
      assertSameAsJudge(List.of("--cluster", "call", first, "LRANGE", "list", "0", "x"));
      assertSameAsJudge(List.of("--cluster", "call", first, "DBSIZE", "--cluster-only-masters"));
      assertSameAsJudge(List.of("--cluster", "call", first, "DBSIZE", "--cluster-only-replicas"));

      RealServers.ask(
          nodes.getFirst(),
          "CLUSTER",
          "SETSLOT",
          "7",
          "MIGRATING",
          RealServers.ask(nodes.get(1), "CLUSTER", "MYID"));
      assertSameAsJudge(List.of("--cluster", "check", first));
      RealServers.ask(nodes.getFirst(), "CLUSTER", "SETSLOT", "7", "STABLE");
      RealServers.ask(nodes.getFirst(), "CLUSTER", "DELSLOTS", "5");
      assertSameAsJudge(List.of("--cluster", "check", first));

      Printed again = OurCli.plain().run(cluster("create", nodes, "--cluster-yes"));
      assertThat(again.text()).startsWith("[ERR] Node " + first + " is not empty.");
      assertThat(again.status()).isEqualTo(1);
    }
  }

  @Test
  void shouldLeaveEverythingAsItWasWhenThePlanIsDeclined() throws Exception {
    try (var servers = new RealServers(folder)) {
      List<Endpoint> nodes = servers.startNodes("redis-server", 3);
      Printed declined = OurCli.plain().run("no\n".getBytes(), cluster("create", nodes));
      assertThat(declined.text())
          .endsWith("Can I set the above configuration? (type 'yes' to accept): ");
      assertThat(declined.status()).isZero();
      assertThat(RealServers.ask(nodes.getFirst(), "CLUSTER", "NODES"))
          .hasLineCount(1)
          .doesNotContain("0-5460");
    }
  }

  @Test
  void shouldRefuseNodesThatCannotBecomePartOfACluster() throws Exception {
    try (var servers = new RealServers(folder)) {
      List<Endpoint> nodes = new ArrayList<>(servers.startNodes("redis-server", 2));
      Printed few = OurCli.plain().run(cluster("create", nodes, "--cluster-yes"));
      assertThat(few).isEqualTo(judge(cluster("create", nodes, "--cluster-yes")));
      assertThat(few.text()).contains("*** At least 3 nodes are required.");

      Endpoint standalone = servers.start("redis-server");
      Printed off =
          OurCli.plain()
              .run(
                  cluster(
                      "create", List.of(nodes.get(0), nodes.get(1), standalone), "--cluster-yes"));
      assertThat(off.text())
          .contains("[ERR] Node " + standalone + " is not configured as a cluster node.\n");
      assertThat(off.status()).isEqualTo(1);

      var nobody = new Endpoint("127.0.0.1", 1);
      Printed missing =
          OurCli.plain()
              .run(cluster("create", List.of(nodes.get(0), nodes.get(1), nobody), "--cluster-yes"));
      assertThat(missing.text())
          .contains("Could not connect to Redis at 127.0.0.1:1: Connection refused\n");
      assertThat(missing.status()).isEqualTo(1);

      Endpoint alias = new Endpoint("localhost", nodes.getFirst().port());
      Printed twice =
          OurCli.plain()
              .run(cluster("create", List.of(nodes.get(0), nodes.get(1), alias), "--cluster-yes"));
      assertThat(twice.text()).contains("are the same node.");
    }
  }

  @Test
  void shouldStopWaitingForNodesThatCannotReachEachOtherAndTellWhichTheyAre() throws Exception {
    try (var servers = new RealServers(folder)) {
      List<Endpoint> nodes = new ArrayList<>(servers.startNodes("redis-server", 2));
      // A bus port that nobody listens on: the others greet this node in vain.
      nodes.addFirst(
          servers.start(
              "redis-server", "--cluster-enabled", "yes", "--cluster-announce-bus-port", "1"));
      List<String> words = cluster("create", nodes, "--cluster-yes", "--cluster-wait", "3");
      words.set(2, words.get(2) + "@1");
      Printed failed = OurCli.plain().run(words);
      assertThat(failed.status()).as(failed.text()).isEqualTo(3);
      assertThat(failed.text())
          .contains("[ERR] The nodes did not join in time.")
          .contains("   1  " + nodes.getFirst())
          .contains("Cluster bus ports must be reachable by every node.");
    }
  }

  @Test
  void shouldSayWhichOperationsThisVersionDoesNotHave() {
    for (String name :
        List.of(
            "fix",
            "reshard",
            "rebalance",
            "add-node",
            "del-node",
            "set-timeout",
            "import",
            "backup")) {
      Printed refused = OurCli.plain().run(List.of("--cluster", name, "127.0.0.1:1"));
      assertThat(refused.text())
          .isEqualTo(
              "[ERR] --cluster " + name + " is not available in this version of cluster-cli\n");
      assertThat(refused.status()).isEqualTo(1);
    }
  }
}
