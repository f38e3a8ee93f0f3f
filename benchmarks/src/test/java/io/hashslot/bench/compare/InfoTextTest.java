package io.hashslot.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class InfoTextTest {

  private final InfoText info =
      InfoText.parse("# Persistence\r\nloading:0\r\n\r\nslave0:ip=::1,port=7\r\nempty:\r\n");

  @Test
  void shouldReadFieldsAndSkipHeadings() {
    assertThat(info.number("loading")).isZero();
    assertThat(info.is("loading", "0")).isTrue();
    assertThat(info.text("slave0")).isEqualTo("ip=::1,port=7");
    assertThat(info.text("empty")).isEmpty();
    assertThat(info.fields()).hasSize(3);
  }

  @Test
  void shouldSayWhichFieldIsMissing() {
    assertThatThrownBy(() -> info.number("rdb_bgsave_in_progress"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("rdb_bgsave_in_progress");
  }
}
