package io.hashslot.command.string;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class MsetnxTest extends CommandTest {
  @Test
  void shouldSetAllOrNothing() {
    run("MSETNX", "a", "1", "b", "2").replies(":1").propagates("MSETNX a 1 b 2");
    run("MSETNX", "b", "3", "c", "4").replies(":0").propagatesNothing().firesNothing();
    run("EXISTS", "c").replies(":0");
    run("MSETNX", "d", "1", "d", "2").replies(":1");
    run("GET", "d").repliesBulk("2");
  }
}
