package io.hashslot.command.string;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class LcsTest extends CommandTest {
  @Test
  void shouldFindTheSubsequence() {
    run("MSET", "a", "ohmytext", "b", "mynewtext");
    run("LCS", "a", "b").repliesBulk("mytext").propagatesNothing();
    run("LCS", "a", "b", "LEN").replies(":6");
    run("LCS", "a", "missing").repliesBulk("");
    run("LCS", "missing", "missing", "LEN").replies(":0");
  }

  @Test
  void shouldTellWhereItIs() {
    run("MSET", "a", "ohmytext", "b", "mynewtext");
    client.resp3();
    run("LCS", "a", "b", "IDX", "MINMATCHLEN", "4", "WITHMATCHLEN")
        .replies(
            "%2",
            "$7", "matches", "*1", "*3", "*2", ":4", ":7", "*2", ":5", ":8", ":4", "$3", "len",
            ":6");
    run("LCS", "a", "b", "IDX", "MINMATCHLEN", "5")
        .replies("%2", "$7", "matches", "*0", "$3", "len", ":6");
  }

  @Test
  void shouldRefuseOptionsThatContradictEachOther() {
    run("LCS", "a", "b", "IDX", "LEN")
        .replies("-ERR If you want both the length and indexes, please just use IDX.");
    run("LCS", "a", "b", "MINMATCHLEN").replies("-ERR syntax error");
  }

  @Test
  void shouldRefuseATableBeyondTheLimit() {
    run("MSET", "a", "x".repeat(1000), "b", "y".repeat(1000));
    run("LCS", "a", "b")
        .replies("-ERR Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len");
  }
}
