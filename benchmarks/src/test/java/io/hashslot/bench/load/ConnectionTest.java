package io.hashslot.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a connection makes of replies: counted, judged, cut anywhere. */
class ConnectionTest {

  private final ReplyCheck check = new ReplyCheck(16);
  private final Latencies latencies = new Latencies();
  private final Connection connection = new Connection(0, 64, 128, 80);

  private void asks(RequestKind kind, long key) {
    connection.append(RequestTemplate.of(kind, 16), kind, key, 0);
  }

  private int hears(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    connection.receiveSpace().bytes().put(bytes);
    return connection.received(bytes.length, 0, check, latencies);
  }

  @Test
  void shouldCountRepliesThatCameTogether() {
    asks(RequestKind.SET, 1);
    asks(RequestKind.GET, 1);
    asks(RequestKind.PING, 0);

    assertThat(hears("+OK\r\n$16\r\n000000000001xxxx\r\n+PONG\r\n")).isEqualTo(3);
    assertThat(connection.idle()).isTrue();
    assertThat(check.wrong()).isZero();
  }

  @Test
  void shouldPutTogetherWhatCameByteByByte() {
    String replies = "$16\r\n000000000001xxxx\r\n$16\r\n000000000002xxxx\r\n";
    asks(RequestKind.GET, 1);
    asks(RequestKind.GET, 2);

    int completed = 0;
    for (char c : replies.toCharArray()) {
      completed += hears(String.valueOf(c));
    }

    assertThat(completed).isEqualTo(2);
    assertThat(check.wrong()).isZero();
  }

  @Test
  void shouldNoticeAValueOfAnotherKey() {
    asks(RequestKind.GET, 1);

    hears("$16\r\n000000000002xxxx\r\n");

    assertThat(check.wrong()).isOne();
    assertThat(check.firstComplaint()).contains("000000000002");
  }

  @Test
  void shouldNoticeAReplyOfTheWrongKind() {
    asks(RequestKind.GET, 1);
    asks(RequestKind.SET, 1);
    asks(RequestKind.GET, 1);

    hears("+OK\r\n:1\r\n$3\r\nabc\r\n");

    assertThat(check.wrong()).isEqualTo(3);
  }

  @Test
  void shouldCountErrorsAndKeepTheFirst() {
    asks(RequestKind.SET, 1);
    asks(RequestKind.SET, 2);

    hears("-OOM no room\r\n-ERR else\r\n");

    assertThat(check.errors()).isEqualTo(2);
    assertThat(check.firstComplaint()).isEqualTo("-OOM no room");
  }

  @Test
  void shouldCountMissesButNotAsWrong() {
    asks(RequestKind.GET, 1);
    asks(RequestKind.GET, 2);

    hears("$-1\r\n_\r\n");

    assertThat(check.misses()).isEqualTo(2);
    assertThat(check.wrong()).isZero();
  }

  @Test
  void shouldTakeTwoRepliesForOneOperationThatWaits() {
    asks(RequestKind.WAITSET, 1);
    asks(RequestKind.WAITSET, 2);

    assertThat(hears("+OK\r\n")).isZero();
    assertThat(hears(":1\r\n+OK\r\n:0\r\n")).isEqualTo(2);
    assertThat(check.unconfirmed()).isOne();
  }

  @Test
  void shouldFailOnAReplyThatNobodyAskedFor() {
    assertThatThrownBy(() -> hears("+OK\r\n")).isInstanceOf(LoadFailure.class);
  }

  @Test
  void shouldHaveRoomForAsManyAsAllowed() {
    for (int i = 0; i < 64; i++) {
      assertThat(connection.hasRoom()).isTrue();
      asks(RequestKind.PING, 0);
    }
    assertThat(connection.hasRoom()).isFalse();

    hears("+PONG\r\n");

    assertThat(connection.hasRoom()).isTrue();
    assertThat(connection.inFlight()).isEqualTo(63);
  }

  @Test
  void shouldRecordLatenciesFromTheDueTimeOfOperationsDueInTheCountedTime() {
    RequestTemplate ping = RequestTemplate.of(RequestKind.PING, 16);
    latencies.count(1_000_000, 2_000_000);
    connection.append(ping, RequestKind.PING, 0, 999_999);
    connection.append(ping, RequestKind.PING, 0, 1_000_000);
    connection.append(ping, RequestKind.PING, 0, 2_000_000);
    connection
        .receiveSpace()
        .bytes()
        .put("+PONG\r\n".repeat(3).getBytes(StandardCharsets.US_ASCII));

    connection.received(21, 3_000_000, check, latencies);

    assertThat(latencies.histogram().getTotalCount()).isOne();
    assertThat(latencies.histogram().getMaxValue()).isBetween(1_999_000L, 2_002_000L);
  }
}
