package io.hashslot.command.set;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class SdiffTest extends CommandTest {
  @Test
  void shouldReplyWithWhatIsInTheFirstSetOnly() {
    run("SADD", "a", "1", "2", "3", "4");
    run("SADD", "b", "3", "x");
    run("SADD", "c", "1");
    run("SDIFF", "a", "b", "none", "c").replies("*2", "$1", "2", "$1", "4");
    run("SDIFF", "a", "a").replies("*0");
    run("SDIFF", "none", "a").replies("*0");
    client.resp3();
    run("SDIFF", "c", "b").replies("~1", "$1", "1");
  }

  @Test
  void shouldTakeTheSmallerOnesOutOfALargeOne() {
    for (int i = 0; i < 1000; i++) {
      run("SADD", "a", "member:" + i);
    }
    for (String other : new String[] {"b", "c", "d", "e"}) {
      for (int i = 0; i < 250; i++) {
        run("SADD", other, "member:" + (i * 4 + other.charAt(0) - 'b'));
      }
    }
    run("SDIFF", "a", "b", "c", "d", "e").replies("*0");
    run("SREM", "e", "member:3");
    run("SDIFF", "a", "b", "c", "d", "e").replies("*1", "$8", "member:3");
  }

  @Test
  void shouldRefuseOtherTypes() {
    run("SET", "k", "v");
    run("SDIFF", "none", "k").fails("WRONGTYPE");
  }
}
