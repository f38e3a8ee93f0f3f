package io.hashslot.command.stream;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class XgroupSetidTest extends CommandTest {
  @Test
  void shouldSayHowFarTheGroupHasRead() {
    run("XADD", "s", "5-1", "f", "v");
    run("XGROUP", "CREATE", "s", "g", "0");
    run("XGROUP", "SETID", "s", "g", "5-1", "ENTRIESREAD", "1")
        .replies("+OK")
        .propagates("XGROUP SETID s g 5-1 ENTRIESREAD 1")
        .fires("xgroup-setid:s");
    run("XREADGROUP", "GROUP", "g", "c", "STREAMS", "s", ">").replies("*-1");
    run("XGROUP", "SETID", "s", "g", "-").replies("+OK");
    run("XGROUP", "SETID", "s", "g", "$").replies("+OK");
    run("XGROUP", "SETID", "s", "x", "$")
        .replies("-NOGROUP No such consumer group 'x' for key name 's'");
    run("XGROUP", "SETID", "s", "g", "0", "MKSTREAM")
        .fails("ERR unknown subcommand or wrong number");
  }
}
