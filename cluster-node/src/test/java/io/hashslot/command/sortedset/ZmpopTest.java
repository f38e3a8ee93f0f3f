package io.hashslot.command.sortedset;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ZmpopTest extends CommandTest {
  @Test
  void shouldPopFromTheFirstSetThereIs() {
    run("ZADD", "z", "1", "a", "2", "b", "3", "c");
    run("ZMPOP", "2", "nokey", "z", "MAX", "COUNT", "2")
        .replies("*2", "$1", "z", "*2", "*2", "$1", "c", "$1", "3", "*2", "$1", "b", "$1", "2")
        .propagates("ZPOPMAX z 2")
        .fires("zpopmax:z");
    run("ZMPOP", "1", "z", "MIN", "COUNT", "5")
        .replies("*2", "$1", "z", "*1", "*2", "$1", "a", "$1", "1")
        .propagates("ZPOPMIN z 1")
        .fires("zpopmin:z", "del:z");
    run("ZMPOP", "1", "z", "MIN").replies("*-1").propagatesNothing().firesNothing();
  }

  @Test
  void shouldRefuseWrongOptions() {
    run("ZMPOP", "0", "z", "MIN").replies("-ERR numkeys should be greater than 0");
    run("ZMPOP", "1", "z", "MID").replies("-ERR syntax error");
    run("ZMPOP", "2", "z", "MIN").replies("-ERR syntax error");
    run("ZMPOP", "1", "z", "MIN", "COUNT", "0").replies("-ERR count should be greater than 0");
    run("ZMPOP", "1", "z", "MIN", "COUNT", "1", "COUNT", "1").replies("-ERR syntax error");
  }
}
