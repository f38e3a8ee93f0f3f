package io.hashslot.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hashslot.resp.Reply.Nil;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyReaderTest {
  private static ByteBuffer bytes(String wire) {
    return ByteBuffer.wrap(wire.getBytes(ISO_8859_1));
  }

  private static Reply read(String wire) throws MalformedReplyException {
    ByteBuffer in = bytes(wire);
    Reply reply = new ReplyReader().read(in);
    assertThat(in.hasRemaining()).as("all bytes used").isFalse();
    return reply;
  }

  /** A reply as one line of text, so that expectations can be read. */
  private static String show(Reply reply) {
    return switch (reply) {
      case Reply.Simple it -> "+" + it.text();
      case Reply.Failure it -> "-" + it.text();
      case Reply.Bulk it -> "'" + new String(it.bytes(), ISO_8859_1) + "'";
      case Reply.Verbatim it -> it.format() + "'" + it.text() + "'";
      case Reply.Int it -> Long.toString(it.value());
      case Reply.Real it -> "r" + it.text();
      case Reply.Bool it -> Boolean.toString(it.value());
      case Reply.BigNumber it -> "n" + it.value();
      case Nil it -> it.name();
      case Reply.Array it -> "[" + show(it.items()) + "]";
      case Reply.SetOf it -> "~[" + show(it.items()) + "]";
      case Reply.MapOf it -> "%[" + show(it.items()) + "]";
      case Reply.Push it -> ">[" + show(it.items()) + "]";
      case Reply.Attributed it -> "|" + show(it.attributes()) + show(it.reply());
    };
  }

  private static String show(List<Reply> items) {
    return items.stream().map(ReplyReaderTest::show).collect(Collectors.joining(" "));
  }

  private static String shown(String wire) throws MalformedReplyException {
    return show(read(wire));
  }

  @Test
  void shouldReadEveryTypeOfResp2() throws Exception {
    assertThat(shown("+OK\r\n")).isEqualTo("+OK");
    assertThat(shown("+\r\n")).isEqualTo("+");
    assertThat(shown("-ERR no\r\n")).isEqualTo("-ERR no");
    assertThat(shown(":-42\r\n")).isEqualTo("-42");
    assertThat(shown("$3\r\na\r\n\r\n")).isEqualTo("'a\r\n'");
    assertThat(shown("$0\r\n\r\n")).isEqualTo("''");
    assertThat(shown("$-1\r\n")).isEqualTo("BULK");
    assertThat(shown("*-1\r\n")).isEqualTo("ARRAY");
    assertThat(shown("*0\r\n")).isEqualTo("[]");
    assertThat(shown("*2\r\n*1\r\n:1\r\n$1\r\nx\r\n")).isEqualTo("[[1] 'x']");
  }

  @Test
  void shouldReadEveryTypeOfResp3() throws Exception {
    assertThat(shown("_\r\n")).isEqualTo("NULL");
    assertThat(shown("#t\r\n") + shown("#f\r\n")).isEqualTo("truefalse");
    assertThat(shown(",3.141\r\n") + shown(",inf\r\n") + shown(",nan\r\n"))
        .isEqualTo("r3.141rinfrnan");
    assertThat(shown("(1234567999999999999999999999999999999\r\n"))
        .isEqualTo("n1234567999999999999999999999999999999");
    assertThat(shown("!5\r\nERR x\r\n")).isEqualTo("-ERR x");
    assertThat(shown("=8\r\nmkd:# hi\r\n")).isEqualTo("mkd'# hi'");
    assertThat(shown("%1\r\n+k\r\n~1\r\n:1\r\n")).isEqualTo("%[+k ~[1]]");
    assertThat(shown(">2\r\n+message\r\n$1\r\nc\r\n")).isEqualTo(">[+message 'c']");
  }

  @Test
  void shouldPutAttributesAroundWhatTheyBelongTo() throws Exception {
    assertThat(shown("|1\r\n+ttl\r\n:5\r\n$1\r\nv\r\n")).isEqualTo("|%[+ttl 5]'v'");
    assertThat(shown("*2\r\n:1\r\n|1\r\n+a\r\n:2\r\n:3\r\n")).isEqualTo("[1 |%[+a 2]3]");
    assertThat(shown("|0\r\n|1\r\n+a\r\n:2\r\n*0\r\n")).isEqualTo("|%[]|%[+a 2][]");
    assertThat(show(read("|1\r\n+ttl\r\n:5\r\n:7\r\n").plain())).isEqualTo("7");
  }

  @Test
  void shouldReadTheExtremesOfIntegers() throws Exception {
    assertThat(shown(":" + Long.MAX_VALUE + "\r\n")).isEqualTo(Long.toString(Long.MAX_VALUE));
    assertThat(shown(":" + Long.MIN_VALUE + "\r\n")).isEqualTo(Long.toString(Long.MIN_VALUE));
    assertThatThrownBy(() -> read(":9223372036854775808\r\n"))
        .isInstanceOf(MalformedReplyException.class);
    assertThatThrownBy(() -> read(":-9223372036854775809\r\n"))
        .isInstanceOf(MalformedReplyException.class);
  }

  @Test
  void shouldGiveTheSameRepliesHoweverTheBytesAreCut() throws Exception {
    String wire =
        "*3\r\n"
            + "$5\r\n"
            + "hello\r\n"
            + "%1\r\n"
            + "+k\r\n"
            + "=7\r\n"
            + "txt:abc\r\n"
            + "|1\r\n"
            + "+a\r\n"
            + ":1\r\n"
            + "_\r\n"
            + ">1\r\n"
            + "+p\r\n"
            + ":12\r\n"
            + "-ERR\r\n"
            + "$-1\r\n";
    for (int cut = 0; cut <= wire.length(); cut++) {
      var reader = new ReplyReader();
      List<Reply> replies = new ArrayList<>();
      for (String part : List.of(wire.substring(0, cut), wire.substring(cut))) {
        ByteBuffer in = bytes(part);
        for (Reply reply = reader.read(in); reply != null; reply = reader.read(in)) {
          replies.add(reply);
        }
      }
      assertThat(show(replies))
          .as("cut at %d", cut)
          .isEqualTo("['hello' %[+k txt'abc'] |%[+a 1]NULL] >[+p] 12 -ERR BULK");
      assertThat(reader.isInsideReply()).isFalse();
    }
  }

  @Test
  void shouldLeaveTheBytesAfterAReplyAlone() throws Exception {
    ByteBuffer in = bytes("+one\r\n+two\r\n");
    assertThat(show(new ReplyReader().read(in))).isEqualTo("+one");
    assertThat(in.remaining()).isEqualTo(6);
  }

  @Test
  void shouldReadABodyLargerThanItsFirstReservation() throws Exception {
    String text = "0123456789".repeat(30_000);
    var reader = new ReplyReader();
    String wire = "$" + text.length() + "\r\n" + text + "\r\n";
    Reply reply = null;
    for (int at = 0; at < wire.length(); at += 7_001) {
      assertThat(reply).isNull();
      reply = reader.read(bytes(wire.substring(at, Math.min(wire.length(), at + 7_001))));
    }
    assertThat(reply.asText()).isEqualTo(text);
  }

  @Test
  void shouldReserveNothingOnTheWordOfAHeader() throws Exception {
    assertThat(new ReplyReader().read(bytes("*2000000000\r\n*2000000000\r\n$2000000000\r\nx")))
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n",
        "@x\r\n",
        ":\r\n",
        ":1x\r\n",
        ":-\r\n",
        "$-2\r\n",
        "$x\r\n",
        "*-2\r\n",
        "%-1\r\n",
        "$1\r\nabc",
        "$1\r\na\rx",
        "#x\r\n",
        ",abc\r\n",
        "(abc\r\n",
        "=3\r\nabc\r\n",
        "$99999999999\r\n",
        "*99999999999\r\n",
        "%1500000000\r\n"
      })
  void shouldRefuseWhatIsNoReply(String wire) {
    assertThatThrownBy(() -> new ReplyReader().read(bytes(wire)))
        .isInstanceOf(MalformedReplyException.class);
  }

  @ParameterizedTest
  @CsvSource({"$11", "*5", "%3"})
  void shouldRefuseWhatExceedsItsLimits(String header) {
    var reader = new ReplyReader(new ReplyReader.Limits(10, 4, 3));
    assertThatThrownBy(() -> reader.read(bytes(header + "\r\n")))
        .isInstanceOf(MalformedReplyException.class);
  }

  @Test
  void shouldBoundTheDepthOfNesting() throws Exception {
    var limits = new ReplyReader.Limits(10, 4, 3);
    assertThat(new ReplyReader(limits).read(bytes("*1\r\n".repeat(3) + ":1\r\n"))).isNotNull();
    assertThatThrownBy(() -> new ReplyReader(limits).read(bytes("*1\r\n".repeat(4) + ":1\r\n")))
        .isInstanceOf(MalformedReplyException.class);
  }

  @Test
  void shouldBoundTheLengthOfALine() {
    String endless = "+" + "x".repeat(2 << 20);
    assertThatThrownBy(() -> new ReplyReader().read(bytes(endless)))
        .isInstanceOf(MalformedReplyException.class);
  }

  @Property
  void shouldEitherReadOrRefuseAnyBytes(@ForAll byte[] noise) {
    try {
      new ReplyReader().read(ByteBuffer.wrap(noise));
    } catch (MalformedReplyException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }
}
