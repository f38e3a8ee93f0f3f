package io.hashslot.command.stream;

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
}
