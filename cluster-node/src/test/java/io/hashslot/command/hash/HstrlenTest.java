package io.hashslot.command.hash;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class HstrlenTest extends CommandTest {
  @Test
  void shouldTellTheLengthOfAValue() {
    run("HSET", "h", "a", "12345", "b", "", "c", "-9223372036854775808");
    run("HSTRLEN", "h", "a").replies(":5");
    run("HSTRLEN", "h", "b").replies(":0");
    run("HSTRLEN", "h", "c").replies(":20");
    run("HSTRLEN", "h", "x").replies(":0");
    run("HSTRLEN", "n", "a").replies(":0");
    run("HSET", "h", "d", "x".repeat(100_000));
    run("HSTRLEN", "h", "d").replies(":100000");
    run("HSTRLEN", "h", "a").replies(":5");
  }

  @Test
  void shouldRefuseOtherTypes() {
    run("SET", "s", "v");
    run("HSTRLEN", "s", "a").fails("WRONGTYPE");
  }
}
