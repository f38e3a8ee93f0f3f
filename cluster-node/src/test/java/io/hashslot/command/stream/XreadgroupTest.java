package io.hashslot.command.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandKit.Client;
import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class XreadgroupTest extends CommandTest {
  @BeforeEach
  void fill() {
    run("XADD", "s", "1-1", "f", "v");
    run("XADD", "s", "1-2", "f", "w");
    run("XGROUP", "CREATE", "s", "g", "0");
  }

  @Test
  void shouldDeliverEachEntryOnceAndRepeatToWhom() {
    run("XREADGROUP", "GROUP", "g", "c", "COUNT", "2", "STREAMS", "s", ">")
        .replies(
            "*1", "*2", "$1", "s", "*2", "*2", "$3", "1-1", "*2", "$1", "f", "$1", "v", "*2", "$3",
            "1-2", "*2", "$1", "f", "$1", "w")
        .propagates(
            "MULTI",
            "XCLAIM s g c 0 1-1 TIME " + inMs(0) + " RETRYCOUNT 1 FORCE JUSTID LASTID 1-1",
            "XCLAIM s g c 0 1-2 TIME " + inMs(0) + " RETRYCOUNT 1 FORCE JUSTID LASTID 1-2",
            "XGROUP SETID s g 1-2 ENTRIESREAD 2",
            "EXEC")
        .fires("xgroup-createconsumer:s");
    run("XREADGROUP", "GROUP", "g", "d", "STREAMS", "s", ">")
        .replies("*-1")
        .propagatesNothing()
        .fires("xgroup-createconsumer:s");
  }

  @Test
  void shouldShowWhatIsPendingAgain() {
    run("XREADGROUP", "GROUP", "g", "c", "STREAMS", "s", ">");
    run("XDEL", "s", "1-1");
    run("XREADGROUP", "GROUP", "g", "c", "STREAMS", "s", "0")
        .replies(
            "*1", "*2", "$1", "s", "*2", "*2", "$3", "1-1", "*-1", "*2", "$3", "1-2", "*2", "$1",
            "f", "$1", "w")
        .propagatesNothing();
    run("XPENDING", "s", "g", "1-2", "1-2", "1")
        .replies("*1", "*4", "$3", "1-2", "$1", "c", ":0", ":2");
    run("XREADGROUP", "GROUP", "g", "c", "STREAMS", "s", "1-2")
        .replies("*1", "*2", "$1", "s", "*0");
  }

  @Test
  void shouldKeepNothingPendingWithoutAcknowledgement() {
    run("XREADGROUP", "GROUP", "g", "c", "COUNT", "1", "NOACK", "STREAMS", "s", ">")
        .propagates(
            "MULTI", "XGROUP CREATECONSUMER s g c", "XGROUP SETID s g 1-1 ENTRIESREAD 1", "EXEC");
    run("XPENDING", "s", "g").replies("*4", ":0", "$-1", "$-1", "*-1");
  }

  @Test
  void shouldTakeOverWhatIsDeliveredAgainAfterTheGroupWasSetBack() {
    run("XREADGROUP", "GROUP", "g", "c", "STREAMS", "s", ">");
    run("XGROUP", "SETID", "s", "g", "0");
    run("XREADGROUP", "GROUP", "g", "d", "COUNT", "1", "STREAMS", "s", ">");
    run("XPENDING", "s", "g")
        .replies(
            "*4", ":2", "$3", "1-1", "$3", "1-2", "*2", "*2", "$1", "c", "$1", "1", "*2", "$1", "d",
            "$1", "1");
  }

  @Test
  void shouldAnswerInRedis3AsAMap() {
    client.resp3();
    run("XREADGROUP", "GROUP", "g", "c", "COUNT", "1", "STREAMS", "s", "s", ">", ">")
        .replies(
            "%2",
            "$1", "s", "*1", "*2", "$3", "1-1", "*2", "$1", "f", "$1", "v", "$1", "s", "*1", "*2",
            "$3", "1-2", "*2", "$1", "f", "$1", "w");
  }

  @Test
  void shouldRefuseWhatMakesNoSense() {
    run("XREADGROUP", "GROUP", "x", "c", "STREAMS", "s", ">")
        .replies("-NOGROUP No such key 's' or consumer group 'x' in XREADGROUP with GROUP option");
    run("XREADGROUP", "GROUP", "g", "c", "STREAMS", "missing", ">").fails("NOGROUP");
    run("XREADGROUP", "GROUP", "g", "c", "STREAMS", "s", "$").fails("ERR The $ ID is meaningless");
    run("XREADGROUP", "GROUP", "g", "c", "STREAMS", "s", "+").fails("ERR The + ID is meaningless");
    run("XREADGROUP", "COUNT", "1", "COUNT", "1", "STREAMS", "s", ">")
        .fails("ERR Missing GROUP option for XREADGROUP");
    run("XREADGROUP", "GROUP", "g", "c", "STREAMS", "s", "t", ">")
        .fails("ERR Unbalanced 'xreadgroup' list of streams");
  }

  private Client waits(String consumer) {
    return kit.client()
        .waits("XREADGROUP", "GROUP", "g", consumer, "BLOCK", "0", "STREAMS", "s", ">");
  }

  @Test
  void shouldDeliverToWhoWaitsFirst() {
    run("XGROUP", "SETID", "s", "g", "$");
    Client one = waits("c");
    Client other = waits("d");
    run("XADD", "s", "2-1", "f", "x")
        .propagates(
            "XADD s 2-1 f x",
            "MULTI",
            "XCLAIM s g c 0 2-1 TIME " + inMs(0) + " RETRYCOUNT 1 FORCE JUSTID LASTID 2-1",
            "XGROUP SETID s g 2-1 ENTRIESREAD 3",
            "EXEC");
    assertThat(one.received())
        .isEqualTo("*1\r\n*2\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n2-1\r\n*2\r\n$1\r\nf\r\n$1\r\nx\r\n");
    assertThat(other.received()).isEmpty();
    run("XADD", "s", "2-2", "f", "x");
    assertThat(other.received()).contains("2-2");
    run("XPENDING", "s", "g")
        .replies(
            "*4", ":2", "$3", "2-1", "$3", "2-2", "*2", "*2", "$1", "c", "$1", "1", "*2", "$1", "d",
            "$1", "1");
  }

  @Test
  void shouldTellWhoWaitsThatTheGroupIsGone() {
    String noGroup =
        "-NOGROUP No such key 's' or consumer group 'g' in XREADGROUP with GROUP option\r\n";
    String[][] ends = {
      {"XGROUP", "DESTROY", "s", "g"},
      {"DEL", "s"},
      {"RENAME", "s", "t"},
      {"FLUSHALL"},
      {"PEXPIRE", "s", "-1"},
    };
    for (String[] end : ends) {
      run("DEL", "s");
      run("XGROUP", "CREATE", "s", "g", "$", "MKSTREAM");
      Client waiting = waits("c");
      run(end);
      run("PING");
      assertThat(waiting.received()).as(String.join(" ", end)).isEqualTo(noGroup);
    }
    run("XGROUP", "CREATE", "s", "g", "$", "MKSTREAM");
    Client waiting = waits("c");
    run("SET", "s", "x");
    assertThat(waiting.received()).startsWith("-WRONGTYPE");
  }

  @Test
  void shouldDeliverNothingIfOneOfItsGroupsIsGone() {
    run("XGROUP", "SETID", "s", "g", "$");
    run("XGROUP", "CREATE", "t", "g", "$", "MKSTREAM");
    Client waiting =
        kit.client()
            .waits("XREADGROUP", "GROUP", "g", "c", "BLOCK", "0", "STREAMS", "s", "t", ">", ">");
    run("MULTI");
    run("XADD", "s", "2-1", "f", "x");
    run("XGROUP", "DESTROY", "t", "g");
    run("EXEC");
    assertThat(waiting.received()).startsWith("-NOGROUP No such key 't'");
    run("XPENDING", "s", "g").replies("*4", ":0", "$-1", "$-1", "*-1");
  }

  @Test
  void shouldNeverWaitForHistory() {
    run("XREADGROUP", "GROUP", "g", "c", "BLOCK", "0", "STREAMS", "s", "0")
        .replies("*1", "*2", "$1", "s", "*0");
  }
}
