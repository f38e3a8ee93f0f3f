package io.hashslot.command.sortedset;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ZpopmaxTest extends CommandTest {
  @Test
  void shouldPopTheGreatest() {
    run("ZADD", "z", "1", "a", "2", "b", "3", "c");
    run("ZPOPMAX", "z", "2")
        .replies("*4", "$1", "c", "$1", "3", "$1", "b", "$1", "2")
        .propagates("ZPOPMAX z 2")
        .fires("zpopmax:z");
    run("ZPOPMAX", "z").replies("*2", "$1", "a", "$1", "1").fires("zpopmax:z", "del:z");
  }
}
