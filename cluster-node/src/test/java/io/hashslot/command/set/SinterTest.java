package io.hashslot.command.set;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class SinterTest extends CommandTest {
  @Test
  void shouldReplyWithWhatIsInAllSets() {
    run("SADD", "a", "1", "2", "3", "x");
    run("SADD", "b", "3", "1", "y");
    run("SADD", "c", "3", "1", "5");
    run("SINTER", "a", "b", "c").replies("*2", "$1", "1", "$1", "3").propagatesNothing();
    run("SINTER", "a", "none").replies("*0").fires("keymiss:none");
    run("SINTER", "a", "a", "a").replies("*4", "$1", "1", "$1", "2", "$1", "3", "$1", "x");
    client.resp3();
    run("SINTER", "c").replies("~3", "$1", "1", "$1", "3", "$1", "5");
    run("SINTER", "none").replies("~0");
  }

  @Test
  void shouldRefuseOtherTypesEvenBesideMissingKeys() {
    run("SET", "k", "v");
    run("SINTER", "none", "k").fails("WRONGTYPE");
  }
}
