package io.hashslot.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MarkdownTableTest {

  @Test
  void shouldAlignTheFirstColumnLeftAndTheOthersRight() {
    MarkdownTable table = new MarkdownTable("server", "op/s");
    table.add("ours", "1,234,567");
    table.add("valkey", "9");

    assertThat(table.toString())
        .isEqualTo(
            """
            | server |      op/s |
            |:-------|----------:|
            | ours   | 1,234,567 |
            | valkey |         9 |
            """);
  }

  @Test
  void shouldRefuseARowOfAnotherLength() {
    assertThatThrownBy(() -> new MarkdownTable("a", "b").add("1"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
