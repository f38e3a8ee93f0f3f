package io.hashslot.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      textBlock =
          """
          * anything true
          h?llo hello true
          h?llo hllo false
          h*llo heeeello true
          h[ae]llo hallo true
          h[ae]llo hillo false
          h[^e]llo hallo true
          h[^e]llo hello false
          h[a-c]llo hbllo true
          h[c-a]llo hbllo true
          h\\?llo h?llo true
          h\\?llo hello false
          [\\]] ] true
          [a b false
          [a a true
          a*b*c aXbYbZc true
          a*b*c aXbYbZ false
          **** x true
          abc abcd false
          user:*:name user:12:name true
          """)
  void matchesAsRedisDoes(String pattern, String text, boolean matches) {
    byte[] glob = pattern.replace("\\\\", "\\").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(new Glob(glob).matches(text.getBytes(StandardCharsets.ISO_8859_1)))
        .isEqualTo(matches);
  }

  @Test
  void answersHostilePatternsSoon() {
    byte[] glob = ("a*".repeat(200) + "b").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(new Glob(glob).matches("a".repeat(5_000).getBytes(StandardCharsets.ISO_8859_1)))
        .isFalse();
  }
}
