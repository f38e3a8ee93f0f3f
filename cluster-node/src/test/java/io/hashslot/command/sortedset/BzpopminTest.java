package io.hashslot.command.sortedset;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandKit.Client;
import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class BzpopminTest extends CommandTest {
  @Test
  void shouldPopTheLeastOfTheFirstSet() {
    run("ZADD", "z", "1", "a", "2.5", "b");
    run("BZPOPMIN", "y", "z", "0")
        .replies("*3", "$1", "z", "$1", "a", "$1", "1")
        .propagates("ZPOPMIN z")
        .fires("zpopmin:z");
    client.resp3();
    run("BZPOPMIN", "z", "0")
        .replies("*3", "$1", "z", "$1", "b", ",2.5")
        .fires("zpopmin:z", "del:z");
  }

  @Test
  void shouldWaitForAMember() {
    Client first = kit.client().waits("BZPOPMIN", "y", "z", "0");
    Client second = kit.client().resp3().waits("BZPOPMIN", "z", "0");
    run("ZADD", "z", "1", "a", "2", "b", "3", "c")
        .propagates("ZADD z 1 a 2 b 3 c", "ZPOPMIN z", "ZPOPMIN z");
    assertThat(first.received()).isEqualTo("*3\r\n$1\r\nz\r\n$1\r\na\r\n$1\r\n1\r\n");
    assertThat(second.received()).isEqualTo("*3\r\n$1\r\nz\r\n$1\r\nb\r\n,2\r\n");
    run("ZCARD", "z").replies(":1");
  }

  @Test
  void shouldNotWaitWithinATransaction() {
    run("MULTI");
    run("BZPOPMIN", "z", "0");
    run("EXEC").replies("*1", "*-1");
  }

  @Test
  void shouldRefuseOtherKinds() {
    run("RPUSH", "l", "1");
    run("BZPOPMIN", "z", "l", "0").fails("WRONGTYPE");
  }
}
