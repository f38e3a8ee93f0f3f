package io.hashslot.command.stream;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class XclaimTest extends CommandTest {
  @BeforeEach
  void fill() {
    run("XADD", "s", "1-1", "f", "v");
    run("XADD", "s", "2-1", "f", "w");
    run("XGROUP", "CREATE", "s", "g", "0");
    run("XREADGROUP", "GROUP", "g", "c", "STREAMS", "s", ">");
    passMs(50);
  }

  private static String claim(String consumer, String id, String time, int count) {
    return "XCLAIM s g "
        + consumer
        + " 0 "
        + id
        + " TIME "
        + time
        + " RETRYCOUNT "
        + count
        + " FORCE JUSTID LASTID 2-1";
  }

  @Test
  void shouldGiveEntriesToAnother() {
    run("XCLAIM", "s", "g", "d", "50", "1-1", "9-9")
        .replies("*1", "*2", "$3", "1-1", "*2", "$1", "f", "$1", "v")
        .propagates(claim("d", "1-1", inMs(50), 2))
        .fires("xgroup-createconsumer:s");
    run("XCLAIM", "s", "g", "c", "50", "1-1").replies("*0").propagatesNothing();
    run("XPENDING", "s", "g", "-", "+", "1")
        .replies("*1", "*4", "$3", "1-1", "$1", "d", ":0", ":2");
  }

  @Test
  void shouldObeyItsOptions() {
    run("XCLAIM", "s", "g", "d", "0", "1-1", "IDLE", "20", "JUSTID", "RETRYCOUNT", "7")
        .replies("*1", "$3", "1-1")
        .propagates(claim("d", "1-1", inMs(30), 7));
    run("XCLAIM", "s", "g", "d", "0", "1-1", "TIME", "5", "JUSTID")
        .propagates(claim("d", "1-1", "5", 7));
    run("XCLAIM", "s", "g", "d", "0", "1-1", "TIME", "9999999999999", "JUSTID")
        .propagates(claim("d", "1-1", inMs(50), 7));
    run("XACK", "s", "g", "1-1");
    run("XCLAIM", "s", "g", "d", "0", "1-1").replies("*0");
    run("XCLAIM", "s", "g", "d", "0", "1-1", "FORCE", "JUSTID").replies("*1", "$3", "1-1");
    run("XCLAIM", "s", "g", "d", "0", "9-9", "FORCE", "LASTID", "9-9")
        .replies("*0")
        .propagates("XGROUP SETID s g 9-9 ENTRIESREAD 2");
  }

  @Test
  void shouldForgetEntriesThatAreNoMore() {
    run("XDEL", "s", "1-1");
    run("XCLAIM", "s", "g", "d", "0", "1-1")
        .replies("*0")
        .propagates(claim("c", "1-1", inMs(0), 1));
    run("XPENDING", "s", "g")
        .replies("*4", ":1", "$3", "2-1", "$3", "2-1", "*1", "*2", "$1", "c", "$1", "1");
  }

  @Test
  void shouldRefuseWhatMakesNoSense() {
    run("XCLAIM", "s", "x", "d", "no", "1-1")
        .fails("NOGROUP No such key 's' or consumer group 'x'");
    run("XCLAIM", "s", "g", "d", "no", "1-1")
        .fails("ERR Invalid min-idle-time argument for XCLAIM");
    run("XCLAIM", "s", "g", "d", "0", "no").fails("ERR Unrecognized XCLAIM option 'no'");
    run("XCLAIM", "s", "g", "d", "0", "1-1", "IDLE", "x").fails("ERR Invalid IDLE option argument");
    run("XCLAIM", "s", "g", "d", "0", "1-1", "TIME", "x").fails("ERR Invalid TIME option argument");
    run("XCLAIM", "s", "g", "d", "0", "1-1", "RETRYCOUNT", "x")
        .fails("ERR Invalid RETRYCOUNT option");
    run("XCLAIM", "s", "g", "d", "0", "1-1", "LASTID")
        .fails("ERR Unrecognized XCLAIM option 'LASTID'");
  }
}
