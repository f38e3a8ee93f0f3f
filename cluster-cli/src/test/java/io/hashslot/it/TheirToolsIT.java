package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.cli.RealServers;
import io.hashslot.cli.RealServers.Printed;
import io.hashslot.resp.client.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What redis-cli and valkey-cli do with clusters, done with one of a valkey-server and our nodes:
 * one of ours joins, is given slots, is left in the middle of a move, loses its slots and leaves
 * again.
 */
@Timeout(240)
class TheirToolsIT {
  @RegisterExtension static final Servers SERVERS = new Servers();

  private static final String LIBRARY =
      "#!lua name=tools\nredis.register_function('f', function() end)";

  /** News spread at once, and nobody is suspected soon. */
  private static final String[] SOON = {
    "--cluster-ping-interval",
    "200",
    "--cluster-node-timeout",
    "5000",
    "--repl-diskless-sync-delay",
    "0"
  };

  private static ServerProcess theirs;
  private static ServerProcess ours;
  private static TestCluster cluster;

  private static ServerProcess server(Program program) {
    return SERVERS.start(program, 1, SOON).getFirst();
  }

  @BeforeAll
  static void aPrimaryOfEachKind() {
    theirs = server(Program.VALKEY);
    ours = server(Program.HASHSLOT);
    cluster = TestCluster.form(List.of(List.of(theirs), List.of(ours)));
    assertThat(theirs.call("FUNCTION", "LOAD", LIBRARY)).isEqualTo("tools");
  }

  private static String run(String tool, String operation, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("env", "TERM=dumb", tool));
    command.addAll(List.of("--cluster", operation));
    command.addAll(List.of(words));
    Printed printed = RealServers.run(new byte[0], command);
    assertThat(printed.status()).as("%s:%n%s", command, printed.text()).isZero();
    return printed.text();
  }

  private static String at(ServerProcess server) {
    return server.endpoint().toString();
  }

  private static void move(String tool, int slots, ServerProcess from, ServerProcess to)
      throws Exception {
    String[] words = {
      at(theirs),
      "--cluster-from",
      from.id(),
      "--cluster-to",
      to.id(),
      "--cluster-slots",
      "" + slots,
      "--cluster-yes"
    };
    run(tool, "reshard", words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis-cli", "valkey-cli"})
  void theyWorkOnOurNodesAsOnTheirOwn(String tool) throws Exception {
    RealServers.require(tool);
    List<String> keys = IntStream.range(0, 100).mapToObj(i -> tool + i).toList();
    cluster.write(keys);
    ServerProcess guest = server(Program.HASHSLOT);
    TestCluster three = TestCluster.of(List.of(theirs, ours, guest));

    assertThat(run(tool, "add-node", at(guest), at(theirs)))
        .contains("[OK] New node added correctly.");
    assertThat(guest.call("FUNCTION", "DUMP")).contains(LIBRARY);
    TestCluster.until("all know it", () -> knowAll(3, theirs, ours, guest));
    three.awaitHealthy();
    move(tool, 20, ours, guest);
    three.awaitHealthy();
    assertThat(TestCluster.slotsOf(guest).count()).isEqualTo(20);

    leaveAMoveUndone(guest);
    assertThat(run(tool, "fix", at(ours)))
        .contains("The following slots are open", "[OK] All 16384 slots covered.");
    three.awaitHealthy();
    assertThat(run(tool, "check", at(guest))).doesNotContain("WARNING", "ERR");

    assertThat(run(tool, "info", at(guest))).contains("keys in 3 ");
    assertThat(run(tool, "call", at(ours), "PING")).containsPattern("(?s)PONG.*PONG.*PONG");
    String folder = SERVERS.folder().toString();
    assertThat(run(tool, "backup", at(ours), folder)).contains("[OK] Backup created into: ");

    move(tool, TestCluster.slotsOf(guest).count(), guest, ours);
    three.awaitHealthy();
    run(tool, "del-node", at(ours), guest.id());
    TestCluster.until("it is forgotten", () -> knowAll(2, theirs, ours));
    cluster.assertHolds(keys);
  }

  /** A slot with a key in it is open at its owner, which is asked to give it to the guest. */
  private static void leaveAMoveUndone(ServerProcess guest) throws Exception {
    String key = TestCluster.keysOf(ours, 1, "open:").getFirst();
    Endpoint owner = ours.endpoint();
    assertThat(RealServers.ask(owner, "SET", key, "x")).isEqualTo("OK");
    String slot = RealServers.ask(owner, "CLUSTER", "KEYSLOT", key);
    assertThat(guest.call("CLUSTER", "SETSLOT", slot, "IMPORTING", ours.id())).isEqualTo("OK");
    assertThat(ours.call("CLUSTER", "SETSLOT", slot, "MIGRATING", guest.id())).isEqualTo("OK");
  }

  private static boolean knowAll(int count, ServerProcess... servers) {
    for (ServerProcess server : servers) {
      if (!TestCluster.knows(server, count)) return false;
    }
    return true;
  }
}
