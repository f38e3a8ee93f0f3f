package io.hashslot.command.list;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class LposTest extends CommandTest {
  @Test
  void shouldFindTheFirstMatch() {
    run("RPUSH", "k", "a", "b", "c", "b");
    run("LPOS", "k", "b").replies(":1");
    run("LPOS", "k", "x").replies("$-1");
    run("LPOS", "missing", "x").replies("$-1");
    run("LPOS", "missing", "x", "COUNT", "0").replies("*0");
  }

  @Test
  void shouldBeginWithTheRankFromEitherEnd() {
    run("RPUSH", "k", "a", "b", "c", "b", "b");
    run("LPOS", "k", "b", "RANK", "2").replies(":3");
    run("LPOS", "k", "b", "RANK", "-1").replies(":4");
    run("LPOS", "k", "b", "RANK", "-2", "COUNT", "0").replies("*2", ":3", ":1");
    run("LPOS", "k", "b", "RANK", "4").replies("$-1");
    run("LPOS", "k", "b", "COUNT", "2").replies("*2", ":1", ":3");
    run("LPOS", "k", "b", "COUNT", "0", "MAXLEN", "4").replies("*2", ":1", ":3");
    run("LPOS", "k", "b", "RANK", "-1", "MAXLEN", "1").replies(":4");
  }

  @Test
  void shouldRefuseOptionsThatAreNone() {
    run("LPOS", "k", "b", "RANK", "0").fails("ERR RANK can't be zero: use 1 to start from");
    run("LPOS", "k", "b", "COUNT", "-1").replies("-ERR COUNT can't be negative");
    run("LPOS", "k", "b", "MAXLEN", "-1").replies("-ERR MAXLEN can't be negative");
    run("LPOS", "k", "b", "RANK", "-9223372036854775808").fails("ERR value is out of range");
    run("LPOS", "k", "b", "RANK").replies("-ERR syntax error");
    run("LPOS", "k", "b", "X", "1").replies("-ERR syntax error");
  }
}
