package io.hashslot.command.list;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class RpushTest extends CommandTest {
  @Test
  void shouldPutEachElementBehindTheOneBefore() {
    run("RPUSH", "k", "a", "b").replies(":2").propagates("RPUSH k a b").fires("new:k", "rpush:k");
    run("RPUSH", "k", "c").replies(":3").fires("rpush:k");
    run("LRANGE", "k", "0", "-1").replies("*3", "$1", "a", "$1", "b", "$1", "c");
  }

  @Test
  void shouldHoldManyAndLargeElements() {
    for (int i = 0; i < 3000; i++) {
      run("RPUSH", "k", "element " + i);
    }
    run("RPUSH", "k", "large".repeat(5000)).replies(":3001");
    run("LINDEX", "k", "1500").repliesBulk("element 1500");
    run("LINDEX", "k", "-1").repliesBulk("large".repeat(5000));
    run("OBJECT", "ENCODING", "k").repliesBulk("quicklist");
  }
}
