package io.hashslot.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.resp.client.Endpoint;
import org.junit.jupiter.api.Test;

class NodeLineTest {
  private static final String ID = "07c37dfeb235213a872192d90877d0cd55635b91";
  private static final String OTHER = "67ed2db8d677e59ec4a4cefb06858cf2a1a89fa1";

  @Test
  void shouldReadANodesOwnLineWithOpenSlots() {
    NodeLine line =
        NodeLine.parseAll(
                ID
                    + " 127.0.0.1:30004@31004,host-4 myself,master - 0 1426238317239 4 connected"
                    + " 0-5460 7000 [7->-"
                    + OTHER
                    + "] [9000-<-"
                    + OTHER
                    + "]\n")
            .getFirst();
    assertThat(line.endpoint()).isEqualTo(new Endpoint("127.0.0.1", 30004));
    assertThat(line.busPort()).isEqualTo(31004);
    assertThat(line.is("myself")).isTrue();
    assertThat(line.isReplica()).isFalse();
    assertThat(line.epoch()).isEqualTo(4);
    assertThat(line.slots()).hasToString("0-5460 7000");
    assertThat(line.migrating()).containsEntry(7, OTHER);
    assertThat(line.importing()).containsEntry(9000, OTHER);
  }

  @Test
  void shouldTellAFailedNodeFromASuspectedOne() {
    String rest = " 127.0.0.1:30004@31004 slave," + "%s " + OTHER + " 0 0 4 disconnected\n";
    NodeLine failed = NodeLine.parseAll(ID + rest.formatted("fail")).getFirst();
    NodeLine suspected = NodeLine.parseAll(ID + rest.formatted("fail?")).getFirst();
    assertThat(failed.is("fail")).isTrue();
    assertThat(suspected.is("fail")).isFalse();
    assertThat(failed.isReplica()).isTrue();
    assertThat(failed.primaryId()).isEqualTo(OTHER);
    assertThat(failed.connected()).isFalse();
  }

  @Test
  void shouldKeepANodeWithoutAddress() {
    NodeLine line = NodeLine.parseAll(ID + " :0@0 master,noaddr - 0 0 1 disconnected\n").getFirst();
    assertThat(line.endpoint()).isEqualTo(new Endpoint("", 0));
  }

  @Test
  void shouldReadIpv6AddressesAndOldServersWithoutBusPort() {
    assertThat(
            NodeLine.parseAll(ID + " fe80::1:30004 master - 0 0 1 connected\n")
                .getFirst()
                .endpoint())
        .isEqualTo(new Endpoint("fe80::1", 30004));
  }

  @Test
  void shouldLeaveOutWhatIsNoLine() {
    assertThat(NodeLine.parseAll("\nERR what\n" + ID + " nonsense master - 0 0 1 connected\n"))
        .isEmpty();
  }
}
