package io.hashslot.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestParserTest {
  private final RequestParser parser = new RequestParser();

  @Test
  void readsPipelinedRequestsOfBothForms() {
    assertThat(parse("*2\r\n$3\r\nGET\r\n$1\r\nk\r\nPING\r\n*1\r\n$4\r\nTIME\r\n", 1000))
        .containsExactly(List.of("GET", "k"), List.of("PING"), List.of("TIME"));
  }

  @Test
  void readsTheSameWhateverTheChunks() {
    String stream =
        "*3\r\n$3\r\nSET\r\n$12\r\nkey:00000012\r\n$0\r\n\r\nset \"a b\" 'c'\r\n*0\r\n\r\n"
            + "*2\r\n$4\r\nECHO\r\n$120\r\n"
            + "x".repeat(120)
            + "\r\n";
    var whole = parse(stream, 10_000);
    assertThat(whole)
        .containsExactly(
            List.of("SET", "key:00000012", ""),
            List.of("set", "a b", "c"),
            List.of("ECHO", "x".repeat(120)));
    for (int chunk = 1; chunk < stream.length(); chunk++) {
      assertThat(parse(stream, chunk)).as("chunks of %d bytes", chunk).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          *x~                  | invalid multibulk length
          *99999999999~        | invalid multibulk length
          *1~:3~               | expected '$', got ':'
          *1~$-1~              | invalid bulk length
          *1~$05~              | invalid bulk length
          *1~$600000000~       | invalid bulk length
          *1~$abc~             | invalid bulk length
          get "abc~            | unbalanced quotes in request
          """)
  void refusesWhatIsNotResp(String bytes, String text) {
    assertThatThrownBy(() -> parse(bytes.strip().replace("~", "\r\n"), 1000))
        .isInstanceOf(ProtocolException.class)
        .hasMessage(text);
  }

  @Test
  void boundsLinesThatNeverEnd() {
    assertThatThrownBy(() -> parse("a".repeat(70_000), 70_000))
        .hasMessage("too big inline request");
    assertThatThrownBy(() -> parse("*" + "1".repeat(70_000), 70_000))
        .hasMessage("too big mbulk count string");
    assertThatThrownBy(() -> parse("*1\r\n$" + "1".repeat(70_000), 70_000))
        .hasMessage("too big bulk count string");
  }

  @Test
  void holdsStrangersToSmallRequests() {
    parser.trusted(false);
    assertThatThrownBy(() -> parse("*11\r\n", 100)).hasMessage("unauthenticated multibulk length");
    parser.begin(0);
    assertThatThrownBy(() -> parse("*1\r\n$16385\r\n", 100))
        .hasMessage("unauthenticated bulk length");
  }

  @Test
  void knowsHowMuchOfABulkIsMissing() {
    byte[] head = "*2\r\n$3\r\nSET\r\n$100\r\nabc".getBytes(StandardCharsets.ISO_8859_1);
    long memory = UnsafeApi.allocateMemory(1000);
    UnsafeApi.copyMemory(head, UnsafeApi.arrayBaseOffset(byte[].class), null, memory, head.length);
    assertThat(parser.next(memory, head.length)).isNull();
    assertThat(parser.missing(head.length)).isEqualTo(99);
    UnsafeApi.freeMemory(memory);
  }

  /** Feeds a stream in chunks, moving what is left over to another place each time. */
  private List<List<String>> parse(String stream, int chunk) {
    byte[] bytes = stream.getBytes(StandardCharsets.ISO_8859_1);
    List<List<String>> requests = new ArrayList<>();
    long window = UnsafeApi.allocateMemory(bytes.length + 16L);
    int filled = 0;
    parser.begin(0);
    for (int at = 0; at < bytes.length; at += chunk) {
      int n = Math.min(chunk, bytes.length - at);
      UnsafeApi.copyMemory(
          bytes, UnsafeApi.arrayBaseOffset(byte[].class) + at, null, window + filled, n);
      filled += n;
      Request request;
      while ((request = parser.next(window, filled)) != null) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < request.count(); i++) {
          words.add(request.text(i));
        }
        requests.add(words);
        parser.accept();
      }
      long next = UnsafeApi.allocateMemory(bytes.length + 16L);
      int used = parser.consumed();
      UnsafeApi.copyMemory(window + used, next, filled - used);
      parser.movedToBase();
      filled -= used;
      UnsafeApi.freeMemory(window);
      window = next;
    }
    UnsafeApi.freeMemory(window);
    return requests;
  }
}
