package io.hashslot.command.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandKit.Client;
import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class BlmpopTest extends CommandTest {
  @Test
  void shouldTakeSeveralElementsOfTheFirstList() {
    run("RPUSH", "b", "1", "2", "3");
    run("BLMPOP", "0", "2", "a", "b", "RIGHT", "COUNT", "2")
        .replies("*2", "$1", "b", "*2", "$1", "3", "$1", "2")
        .propagates("RPOP b 2");
  }

  @Test
  void shouldWaitForElements() {
    Client waiting = kit.client().waits("BLMPOP", "0", "2", "b", "a", "LEFT", "COUNT", "5");
    run("RPUSH", "a", "1", "2").propagates("RPUSH a 1 2", "LPOP a 2");
    assertThat(waiting.received()).isEqualTo("*2\r\n$1\r\na\r\n*2\r\n$1\r\n1\r\n$1\r\n2\r\n");
  }

  @Test
  void shouldJudgeItsArgumentsInOrder() {
    run("BLMPOP", "x", "1", "a", "LEFT").fails("ERR timeout is not a float");
    run("BLMPOP", "x", "0", "a", "LEFT").fails("ERR numkeys should be greater than 0");
    run("BLMPOP", "0", "1", "a", "UP").replies("-ERR syntax error");
    run("BLMPOP", "0", "1", "a", "LEFT", "COUNT", "0").fails("ERR count should be");
  }

  @Test
  void shouldReplyNothingWithinATransaction() {
    run("MULTI");
    run("BLMPOP", "0", "1", "a", "LEFT");
    run("EXEC").replies("*1", "*-1");
  }
}
