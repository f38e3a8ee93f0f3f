package io.hashslot.command.list;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class LremTest extends CommandTest {
  @Test
  void shouldRemoveFromTheEndThatTheSignTells() {
    run("RPUSH", "k", "a", "b", "a", "c", "a", "a");
    run("LREM", "k", "1", "a").replies(":1").propagates("LREM k 1 a").fires("lrem:k");
    run("LREM", "k", "-2", "a").replies(":2");
    run("LRANGE", "k", "0", "-1").replies("*3", "$1", "b", "$1", "a", "$1", "c");
    run("LREM", "k", "0", "x").replies(":0").propagatesNothing().firesNothing();
  }

  @Test
  void shouldRemoveAllAndTheListWithThem() {
    run("RPUSH", "k", "1", "1", "1");
    run("LREM", "k", "0", "1").replies(":3").fires("lrem:k", "del:k");
    run("EXISTS", "k").replies(":0");
    run("LREM", "k", "0", "1").replies(":0");
    run("LREM", "k", "x", "1").replies("-ERR value is not an integer or out of range");
  }

  @Test
  void shouldRemoveFromLongLists() {
    for (int i = 0; i < 3000; i++) {
      run("RPUSH", "k", i % 3 == 0 ? "fizz" : "element " + i);
    }
    run("LREM", "k", "-500", "fizz").replies(":500");
    run("LREM", "k", "9223372036854775807", "fizz").replies(":500");
    run("LLEN", "k").replies(":2000");
    run("LINDEX", "k", "1999").repliesBulk("element 2999");
  }
}
