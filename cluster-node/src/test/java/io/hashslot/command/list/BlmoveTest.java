package io.hashslot.command.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandKit.Client;
import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class BlmoveTest extends CommandTest {
  @Test
  void shouldMoveWhatIsThere() {
    run("RPUSH", "a", "1", "2");
    run("BLMOVE", "a", "b", "Left", "RIGHT", "0")
        .repliesBulk("1")
        .propagates("LMOVE a b Left RIGHT")
        .fires("new:b", "rpush:b", "lpop:a");
  }

  @Test
  void shouldWaitForAnElement() {
    Client waiting = kit.client().waits("BLMOVE", "a", "b", "LEFT", "RIGHT", "0");
    run("RPUSH", "a", "x").propagates("RPUSH a x", "LMOVE a b LEFT RIGHT");
    assertThat(waiting.received()).isEqualTo("$1\r\nx\r\n");
    run("LRANGE", "b", "0", "-1").replies("*1", "$1", "x");
  }

  @Test
  void shouldHandElementsOnToTheNextWhoWaits() {
    Client second = kit.client().waits("BLMOVE", "b", "c", "LEFT", "RIGHT", "0");
    Client first = kit.client().waits("BLMOVE", "a", "b", "LEFT", "RIGHT", "0");
    Client third = kit.client().waits("BLPOP", "c", "0");
    run("RPUSH", "a", "x")
        .propagates("RPUSH a x", "LMOVE a b LEFT RIGHT", "LMOVE b c LEFT RIGHT", "LPOP c");
    assertThat(first.received()).isEqualTo("$1\r\nx\r\n");
    assertThat(second.received()).isEqualTo("$1\r\nx\r\n");
    assertThat(third.received()).isEqualTo("*2\r\n$1\r\nc\r\n$1\r\nx\r\n");
  }

  @Test
  void shouldFailIfTheOtherKeyHasBecomeOfAnotherKind() {
    Client waiting = kit.client().waits("BLMOVE", "a", "b", "LEFT", "RIGHT", "0");
    Client next = kit.client().waits("BLPOP", "a", "0");
    run("SET", "b", "string");
    run("RPUSH", "a", "x");
    assertThat(waiting.received()).startsWith("-WRONGTYPE");
    assertThat(next.received()).isEqualTo("*2\r\n$1\r\na\r\n$1\r\nx\r\n");
  }

  @Test
  void shouldReplyNothingWithinATransaction() {
    run("MULTI");
    run("BLMOVE", "a", "b", "LEFT", "RIGHT", "0");
    run("EXEC").replies("*1", "$-1");
  }

  @Test
  void shouldJudgeItsArgumentsInOrder() {
    run("BLMOVE", "a", "b", "UP", "RIGHT", "x").replies("-ERR syntax error");
    run("BLMOVE", "a", "b", "LEFT", "RIGHT", "x").fails("ERR timeout is not a float");
    run("SET", "a", "s");
    run("BLMOVE", "a", "b", "LEFT", "RIGHT", "0").fails("WRONGTYPE");
  }
}
