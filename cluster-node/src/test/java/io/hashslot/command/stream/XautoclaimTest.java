package io.hashslot.command.stream;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class XautoclaimTest extends CommandTest {
  @BeforeEach
  void fill() {
    for (String id : new String[] {"1-1", "1-2", "1-3"}) {
      run("XADD", "s", id, "f", "v");
    }
    run("XGROUP", "CREATE", "s", "g", "0");
    run("XREADGROUP", "GROUP", "g", "c", "STREAMS", "s", ">");
    passMs(50);
  }

  @Test
  void shouldClaimFromAnIdOnAndForgetWhatIsNoMore() {
    run("XDEL", "s", "1-2");
    run("XAUTOCLAIM", "s", "g", "d", "0", "0", "COUNT", "2")
        .replies(
            "*3", "$3", "1-3", "*1", "*2", "$3", "1-1", "*2", "$1", "f", "$1", "v", "*1", "$3",
            "1-2")
        .propagates(
            "MULTI",
            "XCLAIM s g d 0 1-1 TIME " + inMs(50) + " RETRYCOUNT 2 FORCE JUSTID LASTID 1-3",
            "XCLAIM s g c 0 1-2 TIME " + inMs(0) + " RETRYCOUNT 1 FORCE JUSTID LASTID 1-3",
            "EXEC")
        .fires("xgroup-createconsumer:s");
    run("XAUTOCLAIM", "s", "g", "d", "0", "1-3", "JUSTID")
        .replies("*3", "$3", "0-0", "*1", "$3", "1-3", "*0");
  }

  @Test
  void shouldLeaveAloneWhatIsBusy() {
    run("XAUTOCLAIM", "s", "g", "d", "51", "-").replies("*3", "$3", "0-0", "*0", "*0");
    run("XAUTOCLAIM", "s", "g", "d", "50", "(1-1", "COUNT", "1", "JUSTID")
        .replies("*3", "$3", "1-3", "*1", "$3", "1-2", "*0");
  }

  @Test
  void shouldRefuseWhatMakesNoSense() {
    run("XAUTOCLAIM", "s", "g", "d", "x", "0")
        .fails("ERR Invalid min-idle-time argument for XAUTO");
    run("XAUTOCLAIM", "s", "g", "d", "0", "x").fails("ERR Invalid stream ID specified");
    run("XAUTOCLAIM", "s", "g", "d", "0", "0", "COUNT", "0").fails("ERR COUNT must be > 0");
    run("XAUTOCLAIM", "s", "g", "d", "0", "0", "COUNT", "1000000000000000000").fails("ERR COUNT");
    run("XAUTOCLAIM", "s", "g", "d", "0", "0", "x").fails("ERR syntax error");
    run("XAUTOCLAIM", "s", "x", "d", "0", "0").fails("NOGROUP");
  }
}
