package io.hashslot.command.hash;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class HdelTest extends CommandTest {
  @Test
  void shouldRemoveFieldsAndCountThem() {
    run("HSET", "h", "a", "1", "b", "2", "c", "3");
    run("HDEL", "h", "a", "x", "a", "c").replies(":2").propagates("HDEL h a x a c").fires("hdel:h");
    run("HGETALL", "h").replies("*2", "$1", "b", "$1", "2");
  }

  @Test
  void shouldRemoveTheKeyWithItsLastField() {
    run("HSET", "h", "a", "1");
    run("HDEL", "h", "a", "b").replies(":1").propagates("HDEL h a b").fires("hdel:h", "del:h");
    run("EXISTS", "h").replies(":0");
  }

  @Test
  void shouldDoNothingToWhatIsMissing() {
    run("HDEL", "h", "a").replies(":0").propagatesNothing().firesNothing();
    run("HSET", "h", "a", "1");
    run("HDEL", "h", "b").replies(":0").propagatesNothing().firesNothing();
  }

  @Test
  void shouldEmptyALargeHash() {
    for (int i = 0; i < 600; i++) {
      run("HSET", "h", "f" + i, "v");
    }
    for (int i = 0; i < 600; i++) {
      run("HDEL", "h", "f" + i).replies(":1");
    }
    run("EXISTS", "h").replies(":0");
  }

  @Test
  void shouldRefuseOtherTypes() {
    run("SET", "s", "v");
    run("HDEL", "s", "a").fails("WRONGTYPE");
  }
}
