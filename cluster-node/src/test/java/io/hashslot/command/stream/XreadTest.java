package io.hashslot.command.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandKit.Client;
import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class XreadTest extends CommandTest {
  @BeforeEach
  void fill() {
    run("XADD", "s", "1-1", "f", "v");
    run("XADD", "s", "2-1", "f", "w");
  }

  @Test
  void shouldReadBehindAnId() {
    run("XREAD", "STREAMS", "s", "1-1")
        .replies("*1", "*2", "$1", "s", "*1", "*2", "$3", "2-1", "*2", "$1", "f", "$1", "w");
    run("XREAD", "STREAMS", "s", "2-1").replies("*-1");
    run("XREAD", "STREAMS", "s", "$").replies("*-1");
    run("XREAD", "STREAMS", "missing", "0").replies("*-1");
  }

  @Test
  void shouldReadTheLastEntryOnRequest() {
    run("XREAD", "STREAMS", "s", "+")
        .replies("*1", "*2", "$1", "s", "*1", "*2", "$3", "2-1", "*2", "$1", "f", "$1", "w");
    run("XREAD", "STREAMS", "missing", "+").replies("*-1");
  }

  @Test
  void shouldReadSeveralStreamsAndSkipThoseWithNothing() {
    run("XADD", "t", "7-1", "f", "x");
    client.resp3();
    run("XREAD", "COUNT", "1", "STREAMS", "s", "missing", "t", "0", "0", "0")
        .replies(
            "%2",
            "$1", "s", "*1", "*2", "$3", "1-1", "*2", "$1", "f", "$1", "v", "$1", "t", "*1", "*2",
            "$3", "7-1", "*2", "$1", "f", "$1", "x");
    run("XREAD", "STREAMS", "s", "9").replies("_");
  }

  @Test
  void shouldRefuseWhatMakesNoSense() {
    run("XREAD", "STREAMS", "s", "t", "0").fails("ERR Unbalanced 'xread' list of streams");
    run("XREAD", "GROUP", "g", "c", "STREAMS", "s", "0").fails("ERR The GROUP option is only");
    run("XREAD", "NOACK", "STREAMS", "s", "0").fails("ERR The NOACK option is only");
    run("XREAD", "STREAMS", "s", ">").fails("ERR The > ID can be specified only when");
    run("XREAD", "STREAMS", "s", "x").fails("ERR Invalid stream ID specified");
    run("XREAD", "BLOCK", "-1", "STREAMS", "s", "0").fails("ERR timeout is negative");
    run("XREAD", "COUNT", "x", "STREAMS", "s", "0").fails("ERR value is not an integer");
    run("XREAD", "x", "STREAMS", "s", "0").fails("ERR syntax error");
    run("SET", "k", "v");
    run("XREAD", "STREAMS", "s", "k", "0", "0").fails("WRONGTYPE");
  }

  @Test
  void shouldWaitForAnEntry() {
    Client waiting = kit.client().waits("XREAD", "BLOCK", "0", "STREAMS", "t", "s", "$", "$");
    run("DEL", "s");
    run("XADD", "s", "1-5", "old", "x");
    assertThat(waiting.received()).as("behind what was last then").isEmpty();
    run("XADD", "s", "3-1", "f", "x").propagates("XADD s 3-1 f x");
    assertThat(waiting.received())
        .isEqualTo("*1\r\n*2\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n3-1\r\n*2\r\n$1\r\nf\r\n$1\r\nx\r\n");
  }

  @Test
  void shouldServeAllWhoWait() {
    Client one = kit.client().waits("XREAD", "BLOCK", "0", "STREAMS", "s", "$");
    Client other = kit.client().waits("XREAD", "BLOCK", "0", "STREAMS", "s", "5-1");
    run("XADD", "s", "3-1", "f", "x");
    assertThat(one.received()).contains("3-1");
    assertThat(other.received()).isEmpty();
    run("XADD", "s", "6-1", "f", "x");
    assertThat(other.received()).contains("6-1").doesNotContain("3-1");
  }

  @Test
  void shouldServeOfSeveralStreamsAllThatHaveGrown() {
    Client waiting =
        kit.client().resp3().waits("XREAD", "BLOCK", "0", "STREAMS", "s", "t", "$", "$");
    run("MULTI");
    run("XADD", "t", "1-1", "f", "x");
    run("XADD", "s", "3-1", "f", "y");
    run("EXEC");
    assertThat(waiting.received())
        .startsWith("%2\r\n$1\r\ns\r\n")
        .contains("3-1", "$1\r\nt\r\n", "1-1");
  }

  @Test
  void shouldNotWaitForLessThanItTakes() {
    Client waiting = kit.client().waits("XREAD", "BLOCK", "0", "STREAMS", "s", "$");
    run("XSETID", "s", "9-0");
    run("XDEL", "s", "1-1");
    run("RPUSH", "list", "x");
    run("DEL", "s");
    run("RENAME", "list", "s");
    assertThat(waiting.received()).isEmpty();
    run("DEL", "s");
    run("XADD", "moved", "9-1", "f", "x");
    run("RENAME", "moved", "s");
    assertThat(waiting.received()).contains("9-1");
  }

  @Test
  void shouldEndInTime() {
    Client waiting = kit.client().waits("XREAD", "BLOCK", "15", "STREAMS", "s", "$");
    kit.passMs(15);
    assertThat(waiting.received()).isEqualTo("*-1\r\n");
  }
}
