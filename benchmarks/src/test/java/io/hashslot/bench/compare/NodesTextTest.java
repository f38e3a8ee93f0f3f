package io.hashslot.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NodesTextTest {
  private static final String A = "a".repeat(40);
  private static final String B = "b".repeat(40);

  private static String text(String aFlags, String bFlags) {
    return """
    %s 127.0.0.1:7001@17001,,shard-id=%s %s - 0 0 1 connected 0-5460 5462 [5461->-%s]
    %s 127.0.0.1:7002@17002 %s %s 0 1 1 connected
    """
        .formatted(A, A, aFlags, B, B, bFlags, A);
  }

  @Test
  void readsRolesAndSlots() {
    NodesText nodes = NodesText.parse(text("myself,master", "slave,fail?"));

    NodesText.Row primary = nodes.at(7001);
    assertThat(primary.id()).isEqualTo(A);
    assertThat(primary.is("master")).isTrue();
    assertThat(primary.owns(5460)).isTrue();
    assertThat(primary.owns(5461)).isFalse();
    assertThat(primary.owns(5462)).isTrue();
    NodesText.Row replica = nodes.at(7002);
    assertThat(replica.primary()).isEqualTo(A);
    assertThat(replica.is("fail?")).isTrue();
    assertThat(replica.is("fail")).isFalse();
    assertThat(nodes.at(7003).is("master")).isFalse();
  }

  @Test
  void agreesWhoeverTellsIt() {
    String one = NodesText.parse(text("myself,master", "slave")).agreement();

    assertThat(NodesText.parse(text("master", "myself,slave")).agreement()).isEqualTo(one);
    assertThat(NodesText.parse(text("master", "slave,fail")).agreement()).isNotEqualTo(one);
  }
}
