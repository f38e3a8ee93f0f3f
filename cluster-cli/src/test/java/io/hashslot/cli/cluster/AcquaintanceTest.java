package io.hashslot.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.cli.view.ClusterNode;
import io.hashslot.cli.view.NodeLine;
import io.hashslot.resp.client.Endpoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcquaintanceTest {
  private static final List<NodeAddress> ADDRESSES =
      List.of(
          new NodeAddress(new Endpoint("h", 7000), 0),
          new NodeAddress(new Endpoint("h", 7001), 0),
          new NodeAddress(new Endpoint("host", 7002), 0));

  /** A node that sees the given lines, each {@code number flags link slots}. */
  private static ClusterNode node(String... lines) {
    var text = new StringBuilder();
    for (String line : lines) {
      String[] words = line.split(" ", 4);
      text.append(
          "id%s h:700%s@1700%s %s - 0 0 1 %s %s\n"
              .formatted(
                  words[0],
                  words[0],
                  words[0],
                  words[1],
                  words[2],
                  words.length > 3 ? words[3] : ""));
    }
    List<NodeLine> seen = NodeLine.parseAll(text.toString());
    NodeLine self = seen.stream().filter(line -> line.is("myself")).findFirst().orElseThrow();
    return new ClusterNode(self.endpoint(), self, seen);
  }

  private static Acquaintance of(ClusterNode... nodes) {
    return new Acquaintance(ADDRESSES, new ArrayList<>(Arrays.asList(nodes)));
  }

  @Test
  void shouldBeCompleteWhenAllKnowAllAndAgreeAboutSlots() {
    assertThat(
            of(
                    node(
                        "0 myself,master connected 0-9", "1 master connected", "2 slave connected"),
                    node(
                        "0 master connected 0-9", "1 myself,master connected", "2 slave connected"),
                    node(
                        "0 master connected 0-9", "1 master connected", "2 myself,slave connected"))
                .isComplete())
        .isTrue();
  }

  @Test
  void shouldNotBeCompleteWhileSomebodyIsOnlyGreetedOrDisagrees() {
    ClusterNode one =
        node("0 myself,master connected 0-9", "1 master connected", "2 slave,handshake connected");
    ClusterNode two =
        node("0 master connected 0-9", "1 myself,master connected", "2 slave connected");
    ClusterNode three =
        node("0 master connected 0-9", "1 master connected", "2 myself,slave connected");
    assertThat(of(one, two, three).isComplete()).isFalse();
    ClusterNode other =
        node("0 myself,master connected 0-8", "1 master connected", "2 slave connected");
    assertThat(of(other, two, three).isComplete()).isFalse();
    assertThat(of(two, two, null).isComplete()).isFalse();
  }

  @Test
  void shouldShowWhoKnowsWhom() {
    Acquaintance seen =
        of(
            node("0 myself,master connected", "1 master connected", "2 master disconnected"),
            node("1 myself,master connected", "0 master,handshake connected"),
            null);
    assertThat(seen.table())
        .isEqualTo(
            "                1         2         3\n"
                + "   1  h:7000    -         ok        no link\n"
                + "   2  h:7001    greeting  -         unknown\n"
                + "   3  host:7002 silent    silent    silent");
  }
}
