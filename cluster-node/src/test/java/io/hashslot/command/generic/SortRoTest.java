package io.hashslot.command.generic;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class SortRoTest extends CommandTest {
  @Test
  void shouldSortButNotStore() {
    run("RPUSH", "l", "2", "1");
    run("SORT_RO", "l").replies("*2", "$1", "1", "$1", "2").propagatesNothing();
    run("SORT_RO", "l", "STORE", "d").fails("ERR syntax error");
  }
}
