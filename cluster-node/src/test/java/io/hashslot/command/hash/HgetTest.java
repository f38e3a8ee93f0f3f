package io.hashslot.command.hash;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class HgetTest extends CommandTest {
  @Test
  void shouldReturnTheValue() {
    run("HSET", "h", "a", "1", "b", "text");
    run("HGET", "h", "a").repliesBulk("1").propagatesNothing().firesNothing();
    run("HGET", "h", "b").repliesBulk("text");
    run("HGET", "h", "text").replies("$-1");
    run("HGET", "h", "1").replies("$-1");
  }

  @Test
  void shouldReturnNothingForAMissingKey() {
    run("HGET", "h", "a").replies("$-1").fires("keymiss:h");
    client.resp3().run("HGET", "h", "a").replies("_");
  }

  @Test
  void shouldRefuseOtherTypes() {
    run("SET", "s", "v");
    run("HGET", "s", "a")
        .replies("-WRONGTYPE Operation against a key holding the wrong kind of value");
  }

  @Test
  void shouldReadLargeHashes() {
    for (int i = 0; i < 1000; i++) {
      run("HSET", "h", "f" + i, "v" + i);
    }
    run("HGET", "h", "f0").repliesBulk("v0");
    run("HGET", "h", "f999").repliesBulk("v999");
    run("HGET", "h", "f1000").replies("$-1");
  }
}
