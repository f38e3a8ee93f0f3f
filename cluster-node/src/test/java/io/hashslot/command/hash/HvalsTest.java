package io.hashslot.command.hash;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class HvalsTest extends CommandTest {
  @Test
  void shouldReturnTheValues() {
    run("HSET", "h", "b", "1", "a", "text");
    run("HVALS", "h").replies("*2", "$1", "1", "$4", "text");
    run("HVALS", "n").replies("*0");
    client.resp3().run("HVALS", "h").replies("*2", "$1", "1", "$4", "text");
  }

  @Test
  void shouldRefuseOtherTypes() {
    run("SET", "s", "v");
    run("HVALS", "s").fails("WRONGTYPE");
  }
}
