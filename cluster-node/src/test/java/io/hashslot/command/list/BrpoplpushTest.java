package io.hashslot.command.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandKit.Client;
import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class BrpoplpushTest extends CommandTest {
  @Test
  void shouldMoveFromRightToLeft() {
    run("RPUSH", "a", "1", "2");
    run("RPUSH", "b", "3");
    run("BRPOPLPUSH", "a", "b", "0").repliesBulk("2").propagates("RPOPLPUSH a b");
    run("LRANGE", "b", "0", "-1").replies("*2", "$1", "2", "$1", "3");
  }

  @Test
  void shouldWaitForAnElementAlsoOfItsOwnTarget() {
    Client waiting = kit.client().waits("BRPOPLPUSH", "a", "a", "0");
    run("RPUSH", "a", "1", "2").propagates("RPUSH a 1 2", "RPOPLPUSH a a");
    assertThat(waiting.received()).isEqualTo("$1\r\n2\r\n");
    run("LRANGE", "a", "0", "-1").replies("*2", "$1", "2", "$1", "1");
  }
}
