package io.hashslot.command.hash;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class HlenTest extends CommandTest {
  @Test
  void shouldCountFields() {
    run("HLEN", "h").replies(":0");
    run("HSET", "h", "a", "1", "b", "2");
    run("HLEN", "h").replies(":2");
    run("HSET", "h", "a", "x".repeat(65));
    run("HLEN", "h").replies(":2");
  }

  @Test
  void shouldRefuseOtherTypes() {
    run("SET", "s", "v");
    run("HLEN", "s").fails("WRONGTYPE");
  }
}
