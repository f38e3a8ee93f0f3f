package io.hashslot.command.sortedset;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ZincrbyTest extends CommandTest {
  @Test
  void shouldAddToTheScore() {
    run("ZINCRBY", "z", "1.5", "a")
        .repliesBulk("1.5")
        .propagates("ZINCRBY z 1.5 a")
        .fires("new:z", "zincr:z");
    run("ZINCRBY", "z", "0.1", "a").repliesBulk("1.6");
    run("ZINCRBY", "z", "0", "a").repliesBulk("1.6").propagatesNothing().firesNothing();
    run("ZINCRBY", "z", "x", "a").replies("-ERR value is not a valid float");
  }
}
