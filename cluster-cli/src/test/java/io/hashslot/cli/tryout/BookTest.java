package io.hashslot.cli.tryout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.Test;

class BookTest {
  @Test
  void shouldHaveTenThousandDifferentSentencesUnderDifferentKeys() throws Exception {
    Book book = Book.open();
    var sentences = new HashSet<String>();
    var keys = new HashSet<String>();
    for (int line = 0; line < Book.LINES; line++) {
      sentences.add(book.sentence(line));
      keys.add(Book.key(line));
      assertThat(book.sentence(line)).endsWith(".").matches("\\p{Lu}.*");
    }
    assertThat(sentences).hasSize(10_000);
    assertThat(keys).hasSize(10_000).contains("book:chapter-1:line-1", "book:chapter-40:line-250");
  }

  @Test
  void shouldSayTheSameEveryTime() throws Exception {
    assertThat(Book.open().sentence(1522)).isEqualTo(Book.open().sentence(1522));
  }
}
