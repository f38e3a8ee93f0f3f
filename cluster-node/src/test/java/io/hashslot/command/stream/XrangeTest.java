package io.hashslot.command.stream;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class XrangeTest extends CommandTest {
  @Test
  void shouldReplyWithEntriesInOrder() {
    run("XADD", "s", "1-1", "f", "v");
    run("XADD", "s", "2-1", "f", "w", "g", "-5");
    run("XRANGE", "s", "-", "+")
        .replies(
            "*2", "*2", "$3", "1-1", "*2", "$1", "f", "$1", "v", "*2", "$3", "2-1", "*4", "$1", "f",
            "$1", "w", "$1", "g", "$2", "-5");
    run("XRANGE", "s", "(1-1", "+", "COUNT", "5")
        .replies("*1", "*2", "$3", "2-1", "*4", "$1", "f", "$1", "w", "$1", "g", "$2", "-5");
    run("XRANGE", "s", "1", "1", "COUNT", "1")
        .replies("*1", "*2", "$3", "1-1", "*2", "$1", "f", "$1", "v");
  }

  @Test
  void shouldReplyWithNothingInTheFormsOfRedis() {
    run("XRANGE", "s", "-", "+").replies("*0");
    run("XADD", "s", "1-1", "f", "v");
    run("XRANGE", "s", "5", "+").replies("*0");
    run("XRANGE", "s", "-", "+", "COUNT", "0").replies("*-1");
    client.resp3();
    run("XRANGE", "s", "-", "+", "COUNT", "-1").replies("_");
  }

  @Test
  void shouldRefuseRangesThatAreNone() {
    run("XRANGE", "s", "(18446744073709551615-18446744073709551615", "+")
        .fails("ERR invalid start ID for the interval");
    run("XRANGE", "s", "-", "(0-0").fails("ERR invalid end ID for the interval");
    run("XRANGE", "s", "(-", "+").fails("ERR Invalid stream ID specified");
    run("XRANGE", "s", "-", "+", "COUNT").fails("ERR syntax error");
    run("XRANGE", "s", "-", "+", "COUNT", "x").fails("ERR value is not an integer");
  }

  @Test
  void shouldPassOverManyChunks() {
    for (int i = 1; i <= 350; i++) {
      run("XADD", "s", i + "-0", "f", "" + i);
    }
    run("XRANGE", "s", "149", "+", "COUNT", "1")
        .replies("*1", "*2", "$5", "149-0", "*2", "$1", "f", "$3", "149");
  }
}
