package io.hashslot.command.generic;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class MoveTest extends CommandTest {
  @Test
  void shouldMoveTheValueWithItsTime() {
    run("SET", "k", "v", "PX", "5000");
    run("MOVE", "k", "2")
        .replies(":1")
        .propagates("MOVE k 2")
        .fires("new:k@2", "move_from:k", "move_to:k@2");
    run("EXISTS", "k").replies(":0");
    run("SELECT", "2");
    run("PTTL", "k").replies(":5000");
  }

  @Test
  void shouldNotReplace() {
    run("SET", "k", "v");
    run("COPY", "k", "k", "DB", "1");
    run("MOVE", "k", "1").replies(":0").propagatesNothing();
    run("MOVE", "missing", "1").replies(":0");
    run("MOVE", "k", "0").replies("-ERR source and destination objects are the same");
    run("MOVE", "k", "16").replies("-ERR DB index is out of range");
  }
}
