package io.hashslot.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.peer.Ports;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first thing a newcomer does. */
class QuickstartIT {
  @TempDir Path folder;
  private final int port = Ports.next(6);

  private Launch quickstart(String... words) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(words));
    arguments.addAll(List.of("--port", "" + port, "--dir", "" + folder.resolve("data")));
    return Launch.of(folder, "quickstart", arguments.toArray(String[]::new));
  }

  @AfterEach
  void clean() throws Exception {
    quickstart("clean");
  }

  @Test
  void formsAClusterFindsItRunningAndTakesItAway() throws Exception {
    var first = quickstart();
    assertThat(first.output())
        .contains("forming the cluster", "10,000 of 10,000 sentences came back");
    assertThat(first.status()).isZero();

    var again = quickstart();
    assertThat(again.output())
        .contains("six nodes run already", "10,000 of 10,000 sentences came back")
        .doesNotContain("forming");
    assertThat(again.status()).isZero();

    var status = quickstart("status");
    assertThat(status.output()).contains("cluster_state:ok", "cluster_known_nodes:6");
    assertThat(status.status()).isZero();

    assertThat(quickstart("stop").output()).contains("stopped 6 nodes");
    assertThat(quickstart("status").status()).isEqualTo(3);
    assertThat(quickstart("clean").output()).contains("deleted the data");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void saysWhichPortIsTakenBySomebodyElse() throws Exception {
    try (var _ = new ServerSocket(port + 2, 1, InetAddress.getLoopbackAddress())) {
      var launch = quickstart();
      assertThat(launch.status()).isEqualTo(1);
      assertThat(launch.output()).contains("port " + (port + 2), "taken by another program");
    }
  }

  @Test
  void deletesOnlyWhatItMade() throws Exception {
    Path mine = Files.createDirectories(folder.resolve("data/" + port)).resolve("letter.txt");
    Files.writeString(mine, "dear");
    quickstart("clean");
    assertThat(mine).exists();
  }
}
