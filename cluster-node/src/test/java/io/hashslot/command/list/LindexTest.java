package io.hashslot.command.list;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class LindexTest extends CommandTest {
  @Test
  void shouldCountFromBothEnds() {
    run("RPUSH", "k", "a", "b", "c");
    run("LINDEX", "k", "0").repliesBulk("a");
    run("LINDEX", "k", "2").repliesBulk("c");
    run("LINDEX", "k", "-1").repliesBulk("c");
    run("LINDEX", "k", "-3").repliesBulk("a");
    run("LINDEX", "k", "3").replies("$-1");
    run("LINDEX", "k", "-4").replies("$-1");
    run("LINDEX", "k", "9223372036854775807").replies("$-1");
    run("LINDEX", "k", "4294967296").replies("$-1");
  }

  @Test
  void shouldNotLookAtTheIndexOfAMissingList() {
    run("LINDEX", "k", "x").replies("$-1");
    run("RPUSH", "k", "a");
    run("LINDEX", "k", "x").replies("-ERR value is not an integer or out of range");
  }
}
