package io.hashslot.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.resp.Reply;
import io.hashslot.resp.ReplyReader;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Expectations are what redis-cli 7.0.15 printed for the same bytes. */
class ReplyFormatTest {
  private static final String NESTED = "*3\r\n:1\r\n*2\r\n:2\r\n$1\r\nx\r\n*0\r\n";

  private static String show(ReplyFormat format, String wire) throws Exception {
    Reply reply = new ReplyReader().read(ByteBuffer.wrap(wire.getBytes(ISO_8859_1)));
    return new String(format.whole(reply), ISO_8859_1);
  }

  private static String standard(String wire) throws Exception {
    return show(new StandardFormat(), wire);
  }

  private static String raw(String wire) throws Exception {
    return show(RawFormat.LINES, wire);
  }

  @Test
  void standardShouldTellTypes() throws Exception {
    assertThat(standard("+OK\r\n")).isEqualTo("OK\n");
    assertThat(standard("-ERR x\r\n")).isEqualTo("(error) ERR x\n");
    assertThat(standard(":-7\r\n")).isEqualTo("(integer) -7\n");
    assertThat(standard(",3.10\r\n")).isEqualTo("(double) 3.10\n");
    assertThat(standard("#t\r\n")).isEqualTo("(true)\n");
    assertThat(standard("$-1\r\n") + standard("*-1\r\n") + standard("_\r\n"))
        .isEqualTo("(nil)\n".repeat(3));
    assertThat(standard("=6\r\ntxt:a\"\r\n")).isEqualTo("a\"\n");
    assertThat(standard("*0\r\n") + standard("~0\r\n") + standard("%0\r\n") + standard(">0\r\n"))
        .isEqualTo("(empty array)\n(empty set)\n(empty hash)\n(empty push)\n");
  }

  @Test
  void standardShouldQuoteStringsSoThatEveryByteCanBeTold() throws Exception {
    assertThat(standard("$10\r\na\"\\\n\r\t\b\u0007\u0000\u00e4\r\n"))
        .isEqualTo("\"a\\\"\\\\\\n\\r\\t\\b\\a\\x00\\xe4\"\n");
  }

  @Test
  void standardShouldIndentNestedElementsUnderTheirParentsNumber() throws Exception {
    assertThat(standard(NESTED))
        .isEqualTo("1) (integer) 1\n2) 1) (integer) 2\n   2) \"x\"\n3) (empty array)\n");
  }

  @Test
  void standardShouldAlignTheNumbersOfTenElements() throws Exception {
    String shown = standard("*10\r\n" + ":0\r\n".repeat(10));
    assertThat(shown).startsWith(" 1) (integer) 0\n 2) ").endsWith("\n10) (integer) 0\n");
  }

  @Test
  void standardShouldStartAMapsLongValueOnItsOwnLine() throws Exception {
    assertThat(standard("%2\r\n$1\r\na\r\n:1\r\n$1\r\nb\r\n*2\r\n:1\r\n:2\r\n"))
        .isEqualTo("1# \"a\" => (integer) 1\n2# \"b\" => \n   1) (integer) 1\n   2) (integer) 2\n");
    assertThat(standard("%1\r\n+k\r\n~1\r\n:2\r\n")).isEqualTo("1# k => 1~ (integer) 2\n");
  }

  @Test
  void standardShouldShowAnInvalidationAsOneLine() throws Exception {
    assertThat(standard(">2\r\n+invalidate\r\n*2\r\n$2\r\nk1\r\n$2\r\nk2\r\n"))
        .isEqualTo("-> invalidate: 'k1', 'k2'\n");
  }

  @Test
  void standardShouldShowWhatRedisCliCannotRead() throws Exception {
    assertThat(standard("(12345678901234567890\r\n"))
        .isEqualTo("(big number) 12345678901234567890\n");
    assertThat(standard("|1\r\n+ttl\r\n:5\r\n:7\r\n"))
        .isEqualTo("1| ttl => (integer) 5\n(integer) 7\n");
  }

  @Test
  void rawShouldLeaveBytesAloneAndFlattenAggregates() throws Exception {
    assertThat(raw("$3\r\n\u0000\u00ff\n\r\n")).isEqualTo("\u0000\u00ff\n\n");
    assertThat(raw(NESTED)).isEqualTo("1\n2\nx\n\n");
    assertThat(raw("%2\r\n+a\r\n:1\r\n+b\r\n:2\r\n")).isEqualTo("a 1\nb 2\n");
    assertThat(raw("-ERR x\r\n")).isEqualTo("ERR x\n\n");
    assertThat(raw("$-1\r\n")).isEqualTo("\n");
    assertThat(raw("#f\r\n")).isEqualTo("(false)\n");
  }

  @Test
  void rawShouldUseTheDelimitersAskedFor() throws Exception {
    var format = new RawFormat(", ".getBytes(ISO_8859_1), new byte[0]);
    assertThat(show(format, "*2\r\n:1\r\n:2\r\n")).isEqualTo("1, 2");
  }

  @Test
  void csvShouldPutAReplyOnOneLine() throws Exception {
    var csv = new CsvFormat();
    assertThat(show(csv, NESTED)).isEqualTo("1,2,\"x\",\n");
    assertThat(show(csv, "%1\r\n+a\r\n_\r\n")).isEqualTo("\"a\",NULL\n");
    assertThat(show(csv, "-ERR \"x\"\r\n")).isEqualTo("ERROR,\"ERR \\\"x\\\"\"\n");
  }

  @Test
  void jsonShouldHaveObjectsForMapsWithStringKeys() throws Exception {
    var json = new JsonFormat(false);
    assertThat(show(json, "%3\r\n+a\r\n*2\r\n:1\r\n_\r\n:2\r\n#t\r\n*1\r\n+k\r\n,inf\r\n"))
        .isEqualTo("{\"a\":[1,null],\"2\":true,\"[\\\"k\\\"]\":inf}\n");
    assertThat(show(json, "$7\r\n\"\\\n\u0001\u00c3\u00a4\f\r\n"))
        .isEqualTo("\"\\\"\\\\\\n\\u0001\u00c3\u00a4\\f\"\n");
    assertThat(show(json, "-ERR x\r\n")).isEqualTo("error:\"ERR x\"\n");
  }

  @Test
  void quotedJsonShouldDoubleTheBackslashesOfTheQuotedForm() throws Exception {
    assertThat(show(new JsonFormat(true), "$4\r\nt\tq\"\r\n")).isEqualTo("\"t\\\\tq\\\\\"\"\n");
  }
}
