package io.hashslot.command.set;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class SunionTest extends CommandTest {
  @Test
  void shouldReplyWithWhatIsInAnySet() {
    run("SADD", "a", "1", "2");
    run("SADD", "b", "3", "1");
    run("SUNION", "a", "none", "b").replies("*3", "$1", "1", "$1", "2", "$1", "3");
    run("SUNION", "none", "other").replies("*0");
    client.resp3();
    run("SUNION", "a").replies("~2", "$1", "1", "$1", "2").propagatesNothing();
  }

  @Test
  void shouldRefuseOtherTypes() {
    run("SADD", "a", "1");
    run("SET", "k", "v");
    run("SUNION", "a", "k").fails("WRONGTYPE");
  }
}
