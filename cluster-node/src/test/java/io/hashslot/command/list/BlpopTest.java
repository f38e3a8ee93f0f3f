package io.hashslot.command.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandKit.Client;
import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class BlpopTest extends CommandTest {
  @Test
  void shouldTakeTheFirstElementOfTheFirstList() {
    run("RPUSH", "b", "1", "2", "3");
    run("BLPOP", "a", "b", "c", "0")
        .replies("*2", "$1", "b", "$1", "1")
        .propagates("LPOP b")
        .fires("lpop:b");
    run("BLPOP", "b", "0");
    run("BLPOP", "b", "0").propagates("LPOP b").fires("lpop:b", "del:b");
  }

  @Test
  void shouldWaitForAnElement() {
    Client waiting = kit.client().waits("BLPOP", "a", "b", "0");
    run("RPUSH", "b", "1", "2")
        .replies(":2")
        .propagates("RPUSH b 1 2", "LPOP b")
        .fires("new:b", "rpush:b", "lpop:b");
    assertThat(waiting.received()).isEqualTo("*2\r\n$1\r\nb\r\n$1\r\n1\r\n");
    run("LRANGE", "b", "0", "-1").replies("*1", "$1", "2");
  }

  @Test
  void shouldShareElementsAmongThoseWhoWait() {
    Client first = kit.client().waits("BLPOP", "k", "0");
    Client second = kit.client().waits("BLPOP", "k", "0");
    Client third = kit.client().waits("BLPOP", "k", "0");
    run("RPUSH", "k", "1", "2").fires("new:k", "rpush:k", "lpop:k", "lpop:k", "del:k");
    assertThat(first.received()).endsWith("$1\r\n1\r\n");
    assertThat(second.received()).endsWith("$1\r\n2\r\n");
    assertThat(third.received()).isEmpty();
  }

  @Test
  void shouldGoOnWaitingWhileTheKeyIsNoList() {
    Client waiting = kit.client().waits("BLPOP", "k", "0");
    run("SET", "k", "v");
    run("DEL", "k");
    run("RPUSH", "other", "1");
    run("SET", "k", "v");
    run("COPY", "other", "k", "REPLACE");
    assertThat(waiting.received()).isEqualTo("*2\r\n$1\r\nk\r\n$1\r\n1\r\n");
  }

  @Test
  void shouldRefuseOtherKinds() {
    run("SET", "s", "x");
    run("BLPOP", "a", "s", "b", "0").fails("WRONGTYPE");
    run("RPUSH", "a", "1");
    run("BLPOP", "a", "s", "0").replies("*2", "$1", "a", "$1", "1");
  }

  @Test
  void shouldNotWaitWithinATransaction() {
    run("MULTI");
    run("RPUSH", "k", "1");
    run("BLPOP", "k", "0");
    run("BLPOP", "k", "0");
    run("EXEC")
        .replies("*3", ":1", "*2", "$1", "k", "$1", "1", "*-1")
        .propagates("MULTI", "RPUSH k 1", "LPOP k", "EXEC");
  }
}
