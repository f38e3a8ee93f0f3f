package io.hashslot.command.hash;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class HkeysTest extends CommandTest {
  @Test
  void shouldReturnTheFields() {
    run("HSET", "h", "b", "1", "a", "2");
    run("HKEYS", "h").replies("*2", "$1", "b", "$1", "a");
    run("HKEYS", "n").replies("*0");
    client.resp3().run("HKEYS", "h").replies("*2", "$1", "b", "$1", "a");
  }

  @Test
  void shouldRefuseOtherTypes() {
    run("SET", "s", "v");
    run("HKEYS", "s").fails("WRONGTYPE");
  }
}
