package io.hashslot.command.stream;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class XsetidTest extends CommandTest {
  @Test
  void shouldSetTheLastIdAndCounters() {
    run("XSETID", "s", "9").fails("ERR no such key");
    run("XADD", "s", "5-1", "f", "v");
    run("XSETID", "s", "9-1", "ENTRIESADDED", "7", "MAXDELETEDID", "8-1")
        .replies("+OK")
        .propagates("XSETID s 9-1 ENTRIESADDED 7 MAXDELETEDID 8-1")
        .fires("xsetid:s");
    run("XADD", "s", "9-1", "f", "v").fails("ERR The ID specified in XADD is equal or smaller");
  }

  @Test
  void shouldRefuseWhatCannotBe() {
    run("XADD", "s", "5-1", "f", "v");
    run("XSETID", "s", "4-1").fails("ERR The ID specified in XSETID is smaller than the target");
    run("XSETID", "s", "6", "ENTRIESADDED", "0")
        .fails(
            "ERR The entries_added specified in XSETID is smaller than the target stream length");
    run("XSETID", "s", "6", "ENTRIESADDED", "-1").fails("ERR entries_added must be positive");
    run("XSETID", "s", "6", "MAXDELETEDID", "7")
        .fails("ERR The ID specified in XSETID is smaller than the provided max_deleted_entry_id");
    run("XDEL", "s", "5-1");
    run("XSETID", "s", "5-0").fails("ERR The ID specified in XSETID is smaller than current max");
    run("XSETID", "s", "6", "x").fails("ERR syntax error");
  }
}
