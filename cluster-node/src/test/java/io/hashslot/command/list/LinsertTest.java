package io.hashslot.command.list;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class LinsertTest extends CommandTest {
  @Test
  void shouldInsertAtTheFirstPivot() {
    run("RPUSH", "k", "a", "b", "a");
    run("LINSERT", "k", "after", "a", "1")
        .replies(":4")
        .propagates("LINSERT k after a 1")
        .fires("linsert:k");
    run("LINSERT", "k", "BEFORE", "b", "2").replies(":5");
    run("LRANGE", "k", "0", "-1")
        .replies("*5", "$1", "a", "$1", "1", "$1", "2", "$1", "b", "$1", "a");
  }

  @Test
  void shouldTellThatThereIsNoPivotOrNoList() {
    run("LINSERT", "k", "BEFORE", "a", "x").replies(":0").firesNothing();
    run("RPUSH", "k", "a");
    run("LINSERT", "k", "BEFORE", "b", "x").replies(":-1").propagatesNothing().firesNothing();
    run("LINSERT", "k", "UNDER", "a", "x").replies("-ERR syntax error");
  }

  @Test
  void shouldInsertIntoLongLists() {
    for (int i = 0; i < 2000; i++) {
      run("RPUSH", "k", "element " + i);
    }
    for (int i = 0; i < 2000; i += 10) {
      run("LINSERT", "k", "AFTER", "element " + i, "behind " + i);
    }
    run("LLEN", "k").replies(":2200");
    run("LINDEX", "k", "1").repliesBulk("behind 0");
    run("LINDEX", "k", "1101").repliesBulk("behind 1000");
    run("LINDEX", "k", "-1").repliesBulk("element 1999");
  }
}
