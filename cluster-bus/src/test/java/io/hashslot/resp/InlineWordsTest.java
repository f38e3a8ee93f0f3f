package io.hashslot.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InlineWordsTest {
  private static List<String> split(String line) {
    List<byte[]> words = InlineWords.split(line.getBytes(ISO_8859_1));
    assertThat(words).as("words of %s", line).isNotNull();
    return words.stream().map(word -> new String(word, ISO_8859_1)).toList();
  }

  @Test
  void shouldSplitAtAnyWhiteSpace() {
    assertThat(split("  SET\tkey   value \r\n")).containsExactly("SET", "key", "value");
  }

  @Test
  void shouldFindNoWordsInABlankLine() {
    assertThat(split(" \t ")).isEmpty();
    assertThat(split("")).isEmpty();
  }

  @Test
  void shouldUnderstandEscapesInDoubleQuotes() {
    assertThat(split("\"a\\n\\r\\t\\b\\a\\\\\\\"\\x41\\q\""))
        .containsExactly("a\n\r\t\b\u0007\\\"Aq");
  }

  @Test
  void shouldTakeAnIncompleteHexEscapeAsTheLetterX() {
    assertThat(split("\"\\x4g\"")).containsExactly("x4g");
  }

  @Test
  void shouldUnderstandOnlyTheQuoteEscapeInSingleQuotes() {
    assertThat(split("'a\\'b' 'a\\\\b\\n'")).containsExactly("a'b", "a\\\\b\\n");
  }

  @Test
  void shouldLetAQuoteOpenInsideAWord() {
    assertThat(split("key\"\" a\"b c\"")).containsExactly("key", "ab c");
  }

  @Test
  void shouldKeepEmptyQuotedWords() {
    assertThat(split("SET k \"\" ''")).containsExactly("SET", "k", "", "");
  }

  @Test
  void shouldNotEndAWordAtAVerticalTab() {
    assertThat(split("a\u000bb")).containsExactly("a\u000bb");
  }

  @Test
  void shouldStopAtAZeroByte() {
    assertThat(split("a b\0c d")).containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"a", "'a", "\"a\"b", "'a'b", "a\"b\"c", "\"\\", "\"a\\\"", "'\\'", "'a\0'"})
  void shouldRefuseUnbalancedQuotes(String line) {
    assertThat(InlineWords.split(line.getBytes(ISO_8859_1))).isNull();
  }

  @Property
  void shouldReadBackAnyBytesWrittenInHex(@ForAll @Size(max = 40) byte[] bytes) {
    var line = new StringBuilder("\"");
    for (byte b : bytes) {
      line.append(String.format("\\x%02x", b & 0xff));
    }
    assertThat(InlineWords.split(line.append('"').toString().getBytes(ISO_8859_1)))
        .containsExactly(bytes);
  }

  @Property
  void shouldSurviveAnyBytes(@ForAll byte[] bytes) {
    List<byte[]> words = InlineWords.split(bytes);
    assertThat(words == null || words.stream().mapToInt(word -> word.length).sum() <= bytes.length)
        .isTrue();
  }
}
