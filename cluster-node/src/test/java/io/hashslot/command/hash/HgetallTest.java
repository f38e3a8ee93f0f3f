package io.hashslot.command.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class HgetallTest extends CommandTest {
  @Test
  void shouldReturnPairsInTheOrderTheyCame() {
    run("HSET", "h", "b", "1", "a", "2");
    run("HSET", "h", "b", "3");
    run("HGETALL", "h").replies("*4", "$1", "b", "$1", "3", "$1", "a", "$1", "2");
    client.resp3().run("HGETALL", "h").replies("%2", "$1", "b", "$1", "3", "$1", "a", "$1", "2");
  }

  @Test
  void shouldReturnAnEmptyMapForAMissingKey() {
    run("HGETALL", "h").replies("*0");
    client.resp3().run("HGETALL", "h").replies("%0");
  }

  @Test
  void shouldReturnAllOfALargeHash() {
    for (int i = 0; i < 700; i++) {
      run("HSET", "h", "f" + i, "v" + i);
    }
    String reply = run("HGETALL", "h").reply();
    assertThat(reply).startsWith("*1400\r\n");
    for (int i = 0; i < 700; i++) {
      assertThat(reply).containsOnlyOnce("\r\nf" + i + "\r\n").contains("\r\nv" + i + "\r\n");
    }
  }

  @Test
  void shouldRefuseOtherTypes() {
    run("SET", "s", "v");
    run("HGETALL", "s").fails("WRONGTYPE");
  }
}
