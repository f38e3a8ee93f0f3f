package io.hashslot.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void splitsAtAnySpace() {
    assertThat(Words.split(" a \t b\rc ")).containsExactly("a", "b", "c");
    assertThat(Words.split("   ")).isEmpty();
  }

  @Test
  void knowsTheEscapesOfDoubleQuotes() {
    assertThat(Words.split("\"a b\\n\\t\\x41\\q\\\"\"")).containsExactly("a b\n\tAq\"");
  }

  @Test
  void knowsOnlyTheQuoteItselfInSingleQuotes() {
    assertThat(Words.split("'a\\n\\'b'")).containsExactly("a\\n'b");
  }

  @Test
  void refusesOpenQuotesAndTextRightBehindQuotes() {
    assertThat(Words.split("\"abc")).isNull();
    assertThat(Words.split("'abc")).isNull();
    assertThat(Words.split("\"abc\"d")).isNull();
    assertThat(Words.split("\"abc\\")).isNull();
  }

  @Test
  void readsEmptyWords() {
    assertThat(Words.split("save \"\"")).containsExactly("save", "");
  }

  @Property(tries = 500)
  void whatIsQuotedIsReadBack(@ForAll String text) {
    String valid =
        new String(
            text.codePoints().filter(c -> c < 0xd800 || c > 0xdfff).toArray(),
            0,
            (int) text.codePoints().filter(c -> c < 0xd800 || c > 0xdfff).count());
    assertThat(Words.split(Words.quote(valid))).isEqualTo(List.of(valid));
  }
}
