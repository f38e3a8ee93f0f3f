package io.hashslot.command.stream;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class XdelTest extends CommandTest {
  @Test
  void shouldDeleteEntriesAndKeepTheStream() {
    run("XADD", "s", "1-1", "f", "v");
    run("XADD", "s", "2-1", "f", "v");
    run("XDEL", "s", "1-1", "1-1", "7")
        .replies(":1")
        .propagates("XDEL s 1-1 1-1 7")
        .fires("xdel:s");
    run("XDEL", "s", "1-1").replies(":0").propagatesNothing().firesNothing();
    run("XDEL", "s", "2-1").replies(":1");
    run("EXISTS", "s").replies(":1");
    run("XADD", "s", "2-1", "f", "v").fails("ERR The ID specified in XADD is equal or smaller");
  }

  @Test
  void shouldDeleteNothingIfAnyIdIsNone() {
    run("XDEL", "s", "x").replies(":0");
    run("XADD", "s", "1-1", "f", "v");
    run("XDEL", "s", "1-1", "x").fails("ERR Invalid stream ID specified");
    run("XLEN", "s").replies(":1");
  }
}
