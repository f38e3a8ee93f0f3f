package io.hashslot.command.sortedset;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ZpopminTest extends CommandTest {
  @Test
  void shouldPopTheLeast() {
    run("ZADD", "z", "1", "a", "2", "b", "3", "c");
    run("ZPOPMIN", "z")
        .replies("*2", "$1", "a", "$1", "1")
        .propagates("ZPOPMIN z")
        .fires("zpopmin:z");
    run("ZPOPMIN", "z", "5")
        .replies("*4", "$1", "b", "$1", "2", "$1", "c", "$1", "3")
        .propagates("ZPOPMIN z 5")
        .fires("zpopmin:z", "del:z");
    run("ZPOPMIN", "z").replies("*0").propagatesNothing().firesNothing();
  }

  @Test
  void shouldPairWhatIsCountedInResp3() {
    run("ZADD", "z", "1", "a", "2", "b", "3", "c");
    client.resp3();
    run("ZPOPMIN", "z").replies("*2", "$1", "a", ",1");
    run("ZPOPMIN", "z", "1").replies("*1", "*2", "$1", "b", ",2");
  }

  @Test
  void shouldRefuseWhatIsNoCount() {
    run("ZPOPMIN", "z", "-1").replies("-ERR value is out of range, must be positive");
    run("ZPOPMIN", "z", "x").replies("-ERR value is out of range, must be positive");
    run("ZPOPMIN", "z", "1", "2").replies("-ERR syntax error");
    run("SET", "s", "x");
    run("ZPOPMIN", "s", "0")
        .replies("-WRONGTYPE Operation against a key holding the wrong kind of value");
  }
}
