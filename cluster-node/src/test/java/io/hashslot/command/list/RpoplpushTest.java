package io.hashslot.command.list;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class RpoplpushTest extends CommandTest {
  @Test
  void shouldMoveTheLastElementToTheFront() {
    run("RPUSH", "a", "1", "2");
    run("RPUSH", "b", "3");
    run("RPOPLPUSH", "a", "b")
        .repliesBulk("2")
        .propagates("RPOPLPUSH a b")
        .fires("lpush:b", "rpop:a");
    run("LRANGE", "b", "0", "-1").replies("*2", "$1", "2", "$1", "3");
    run("RPOPLPUSH", "a", "a").repliesBulk("1");
    run("RPOPLPUSH", "missing", "b").replies("$-1");
  }
}
