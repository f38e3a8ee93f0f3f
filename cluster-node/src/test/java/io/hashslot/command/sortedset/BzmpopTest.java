package io.hashslot.command.sortedset;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandKit.Client;
import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class BzmpopTest extends CommandTest {
  @Test
  void shouldPopSeveralNowOrLater() {
    run("ZADD", "z", "1", "a", "2", "b");
    run("BZMPOP", "0", "2", "y", "z", "MIN", "COUNT", "5")
        .replies("*2", "$1", "z", "*2", "*2", "$1", "a", "$1", "1", "*2", "$1", "b", "$1", "2")
        .propagates("ZPOPMIN z 2");
    Client waiting = kit.client().waits("BZMPOP", "0", "1", "z", "MAX");
    run("ZADD", "z", "1", "a", "2", "b").propagates("ZADD z 1 a 2 b", "ZPOPMAX z 1");
    assertThat(waiting.received()).isEqualTo("*2\r\n$1\r\nz\r\n*1\r\n*2\r\n$1\r\nb\r\n$1\r\n2\r\n");
  }

  @Test
  void shouldJudgeItsArgumentsInOrder() {
    run("BZMPOP", "x", "0", "z", "MIN").fails("ERR numkeys should be greater than 0");
    run("BZMPOP", "x", "1", "z", "MIN").fails("ERR timeout is not a float");
    run("BZMPOP", "0", "1", "z", "UP").replies("-ERR syntax error");
  }

  @Test
  void shouldNotWaitWithinATransaction() {
    run("MULTI");
    run("BZMPOP", "0", "1", "z", "MIN");
    run("EXEC").replies("*1", "*-1");
  }
}
