package io.hashslot.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.cli.view.NodeLine;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayoutTest {
  private static String line(String id, String host, String role, String slots) {
    return id.repeat(40) + " " + host + ":7000@17000 " + role + " 0 0 1 connected " + slots + "\n";
  }

  @Test
  void nodesOfAShardShouldStandInDifferentZonesIfThereAreEnough() {
    Layout layout = Layout.of(4, 2, List.of("x", "y", "z"));
    for (int shard = 1; shard <= 4; shard++) {
      int number = shard;
      assertThat(layout.nodes().stream().filter(node -> node.shard() == number))
          .extracting(Layout.Place::zone)
          .containsExactlyInAnyOrder("x", "y", "z");
    }
    assertThat(layout.nodes().stream().mapToInt(node -> node.slots().count()).sum())
        .isEqualTo(16_384);
  }

  @Test
  void aLiveClusterShouldKeepItsSlotsAndHosts() {
    String text =
        line("a", "10.0.0.2", "myself,master -", "8000-16383")
            + line("b", "10.0.0.1", "master -", "0-7999")
            + line("c", "10.0.0.1", "slave " + "a".repeat(40), "")
            + line("d", "10.0.0.3", "slave " + "b".repeat(40), "")
            + line("e", "10.0.0.3", "slave " + "b".repeat(40), "")
            + line("f", "10.0.0.4", "master -", "");
    Layout layout = LiveLayout.of(NodeLine.parseAll(text));
    assertThat(layout.nodes())
        .extracting(node -> node.name() + " " + node.zone() + " [" + node.slots() + "]")
        .containsExactly(
            "p1 10.0.0.1 [0-7999]",
            "p2 10.0.0.2 [8000-16383]",
            "r2a 10.0.0.1 []",
            "r1a 10.0.0.3 []",
            "r1b 10.0.0.3 []");
    assertThat(layout.nodes().getFirst().address()).isEqualTo("10.0.0.1:7000");
  }
}
