package io.hashslot.persist.aof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hashslot.persist.aof.Manifest.Entry;
import io.hashslot.persist.aof.Manifest.Type;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What manifests may say, as redis-server 7.0.15 and valkey-server 8.0.1 understand them. */
class ManifestTest {
  private static final Entry BASE = new Entry("appendonly.aof.2.base.rdb", 2, Type.BASE);
  private static final Entry FIRST = new Entry("appendonly.aof.1.incr.aof", 1, Type.INCR);
  private static final Entry SECOND = new Entry("appendonly.aof.2.incr.aof", 2, Type.INCR);

  private static Manifest parse(String text) throws AofException {
    return Manifest.parse(text);
  }

  @Test
  void shouldReadWhatAServerWrites() throws AofException {
    Manifest manifest =
        parse(
            """
            file appendonly.aof.3.base.rdb seq 3 type b
            file appendonly.aof.2.incr.aof seq 2 type h
            file appendonly.aof.2.base.rdb seq 2 type h
            file appendonly.aof.3.incr.aof seq 3 type i
            file appendonly.aof.4.incr.aof seq 4 type i
            """);
    assertThat(manifest.base()).isEqualTo(new Entry("appendonly.aof.3.base.rdb", 3, Type.BASE));
    assertThat(manifest.history()).hasSize(2);
    assertThat(manifest.increments()).extracting(Entry::seq).containsExactly(3L, 4L);
    assertThat(manifest.toLoad()).extracting(Entry::seq).containsExactly(3L, 3L, 4L);
    assertThat(manifest.nextBaseSeq()).isEqualTo(4);
    assertThat(manifest.nextIncrSeq()).isEqualTo(5);
  }

  @Test
  void shouldWriteBaseThenHistoryThenIncrements() throws AofException {
    String text =
        """
        file appendonly.aof.3.base.rdb seq 3 type b
        file appendonly.aof.2.incr.aof seq 2 type h
        file appendonly.aof.2.base.rdb seq 2 type h
        file appendonly.aof.3.incr.aof seq 3 type i
        """;
    assertThat(parse(text).text()).isEqualTo(text);
    String shuffled =
        """
        file appendonly.aof.2.incr.aof seq 2 type h
        file appendonly.aof.3.incr.aof seq 3 type i
        file appendonly.aof.2.base.rdb seq 2 type h
        file appendonly.aof.3.base.rdb seq 3 type b
        """;
    assertThat(parse(shuffled).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "seq 1 type i file x.aof\n",
        "FILE x.aof Seq 1 tYpE i\n",
        "file x.aof seq 1 type i made-by somebody\n",
        "  file x.aof\tseq 1  type i \r\n",
        "file x.aof seq 1 type incr\n",
        "file \"x.aof\" seq 1 type i\n",
        "file 'x.aof' seq 1 type i\n",
        "file \"\\x78.aof\" seq 1 type i\n",
        "# comment\nfile x.aof seq 1 type i\n",
        "file x.aof seq 1 type i\n# comment without an end"
      })
  void shouldReadLooseForms(String text) throws AofException {
    assertThat(parse(text).entries()).containsExactly(new Entry("x.aof", 1, Type.INCR));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | Found an empty AOF manifest",
        "'file a seq 1 type i\n\n' | Invalid AOF manifest file format",
        "'file a seq 1 type\n' | Invalid AOF manifest file format",
        "'file a seq 1\n' | Invalid AOF manifest file format",
        "'file a seq 1 other i\n' | Invalid AOF manifest file format",
        "'file a seq 0 type i\n' | Invalid AOF manifest file format",
        "'file a seq x type i\n' | Invalid AOF manifest file format",
        "'file \"a seq 1 type i\n' | Invalid AOF manifest file format",
        "'file a seq 1 type i' | The AOF manifest file contains too long line",
        "'file a seq 1 type b\nfile b seq 2 type b\n' | Found duplicate base file information",
        "'file a seq 2 type i\nfile b seq 2 type i\n' | Found a non-monotonic sequence number",
        "'file a seq -1 type i\n' | Found a non-monotonic sequence number",
        "'file a seq 1 type x\n' | Unknown AOF file type",
        "'file ../a seq 1 type i\n' | File can't be a path, just a filename"
      })
  void shouldSayWhatIsWrong(String text, String problem) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(AofException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void shouldSayWhichLineIsWrong() {
    assertThatThrownBy(() -> parse("# one\nfile a seq 1 type i\nfile b seq 1 type i\n"))
        .hasMessageEndingWith("(line 3: 'file b seq 1 type i')");
  }

  @Test
  void shouldRefuseLinesOfMoreThanAKilobyte() throws AofException {
    String tail = ".aof seq 1 type i\n";
    String longest = "file " + "x".repeat(1024 - 5 - tail.length()) + tail;
    assertThat(parse(longest).entries()).hasSize(1);
    assertThatThrownBy(() -> parse("x" + longest)).hasMessageContaining("too long line");
  }

  @Test
  void shouldTakeCommentsAloneForNoFiles() throws AofException {
    assertThat(parse("# nothing here\n")).isEqualTo(Manifest.EMPTY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"my file.aof", "say \"a\".aof", "it's.aof", "tab\there", "größe.aof"})
  void shouldQuoteNamesThatNeedIt(String name) throws AofException {
    Manifest manifest = new Manifest(List.of(new Entry(name, 1, Type.INCR)));
    assertThat(manifest.text().strip()).startsWith("file \"").isPrintable();
    assertThat(parse(manifest.text())).isEqualTo(manifest);
  }

  @Test
  void shouldMakeHistoryOfWhatARewriteCovers() {
    Manifest before = new Manifest(List.of(BASE, FIRST, SECOND)).withIncrement(incr(3));
    Entry newBase = new Entry("appendonly.aof.3.base.rdb", 3, Type.BASE);
    assertThat(before.rewritten(newBase, 1).text())
        .isEqualTo(
            """
            file appendonly.aof.3.base.rdb seq 3 type b
            file appendonly.aof.2.incr.aof seq 2 type h
            file appendonly.aof.1.incr.aof seq 1 type h
            file appendonly.aof.2.base.rdb seq 2 type h
            file appendonly.aof.3.incr.aof seq 3 type i
            """);
    assertThat(before.rewritten(newBase, 1).withoutHistory().entries())
        .containsExactly(newBase, incr(3));
  }

  @Test
  void shouldCountOnAfterWhatIsListed() {
    assertThat(Manifest.EMPTY.nextBaseSeq()).isEqualTo(1);
    assertThat(Manifest.EMPTY.nextIncrSeq()).isEqualTo(1);
    assertThatThrownBy(() -> new Manifest(List.of(SECOND)).withIncrement(FIRST))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Entry incr(long seq) {
    return new Entry("appendonly.aof." + seq + ".incr.aof", seq, Type.INCR);
  }
}
