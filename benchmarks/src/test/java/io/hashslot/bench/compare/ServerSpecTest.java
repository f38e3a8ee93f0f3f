package io.hashslot.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ServerSpecTest {

  @Test
  void shouldFillInPortAndDirectoryAndKeepEmptyArguments() {
    ServerSpec spec =
        new ServerSpec(
            "redis", "redis-server  --port {port} --dir {dir}/x --save '' --name \"a b\"");

    assertThat(spec.words(7001, Path.of("/data")))
        .containsExactly(
            "redis-server", "--port", "7001", "--dir", "/data/x", "--save", "", "--name", "a b");
  }

  @Test
  void shouldTakeMoreArgumentsAndAnotherName() {
    ServerSpec spec = new ServerSpec("redis", "redis-server").with("--a b").named("writer");

    assertThat(spec.name()).isEqualTo("writer");
    assertThat(spec.words(1, Path.of("/"))).containsExactly("redis-server", "--a", "b");
  }

  @Test
  void shouldRefuseUnbalancedQuotesAndNothing() {
    assertThatThrownBy(() -> new ServerSpec("x", "a 'b").words(1, Path.of("/")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ServerSpec("x", " ").words(1, Path.of("/")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
