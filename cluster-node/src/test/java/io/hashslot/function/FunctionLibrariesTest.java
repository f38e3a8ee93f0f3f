package io.hashslot.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionLibrariesTest {
  private final FunctionLibraries libraries = new FunctionLibraries();

  private static byte[] source(String name) {
    return ("#!lua name=" + name + "\nredis.register_function('f', f)\n").getBytes(UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "#!lua name=one | one",
        "#!LUA name=a_1 engine=x | a_1",
        "#!js flags=y name=two | two",
        "#!lua name=\"three\" | three",
        "#!lua | none",
        "#!lua surname=x | none",
        "-- name=x | none",
        "none | none"
      })
  void aLibraryIsKnownByItsFirstLine(String line, String name) {
    String source = (line == null ? "" : line) + "\nname=later\n";
    assertThat(FunctionLibraries.nameOf(source.getBytes(UTF_8))).isEqualTo(name);
  }

  @Test
  void oneOfANameIsKeptUntilItIsReplacedOrDeleted() {
    assertThat(libraries.add(source("b"), false)).isTrue();
    assertThat(libraries.add(source("a"), false)).isTrue();
    assertThat(libraries.add("#!lua name=a\n".getBytes(UTF_8), false)).isFalse();
    assertThat(libraries.sources()).containsExactly(source("a"), source("b"));
    assertThat(libraries.add("#!lua name=a\n".getBytes(UTF_8), true)).isTrue();
    assertThat(libraries.sources()).containsExactly("#!lua name=a\n".getBytes(UTF_8), source("b"));
    assertThat(libraries.delete("a")).isTrue();
    assertThat(libraries.delete("a")).isFalse();
    libraries.replaceAll(List.of(source("c"), source("d")));
    assertThat(libraries.sources()).containsExactly(source("c"), source("d"));
    libraries.clear();
    assertThat(libraries.size()).isZero();
    assertThatThrownBy(() -> libraries.add("no library".getBytes(UTF_8), true))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
