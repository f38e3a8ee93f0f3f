package io.hashslot.command.sortedset;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ZunionTest extends CommandTest {
  @Test
  void shouldAddUpScores() {
    run("ZADD", "z", "1", "a", "2", "b", "3", "c");
    run("ZADD", "y", "10", "b", "20", "d");
    run("ZUNION", "2", "z", "y", "WITHSCORES")
        .replies(
            "*8", "$1", "a", "$1", "1", "$1", "c", "$1", "3", "$1", "b", "$2", "12", "$1", "d",
            "$2", "20");
    run("ZUNION", "3", "z", "y", "nokey", "WEIGHTS", "2", "1", "5", "AGGREGATE", "MAX")
        .replies("*4", "$1", "a", "$1", "c", "$1", "b", "$1", "d");
    run("ZUNION", "0", "z").replies("-ERR at least 1 input key is needed for 'zunion' command");
    run("ZUNION", "1", "z", "WEIGHTS", "x").replies("-ERR weight value is not a float");
    run("ZUNION", "2", "z").replies("-ERR syntax error");
  }

  @Test
  void shouldTakePlainSetsWithScoreOne() {
    run("SADD", "s", "a", "5");
    run("ZADD", "z", "3", "a");
    run("ZUNION", "2", "s", "z", "WITHSCORES")
        .replies("*4", "$1", "5", "$1", "1", "$1", "a", "$1", "4");
  }

  @Test
  void shouldCountWhatIsNoNumberAsZero() {
    run("ZADD", "z", "inf", "a");
    run("ZADD", "y", "-inf", "a");
    run("ZUNION", "2", "z", "y", "WITHSCORES").replies("*2", "$1", "a", "$1", "0");
    run("ZUNION", "1", "z", "WEIGHTS", "0", "WITHSCORES").replies("*2", "$1", "a", "$1", "0");
  }
}
