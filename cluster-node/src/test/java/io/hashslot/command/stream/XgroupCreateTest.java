package io.hashslot.command.stream;

import io.hashslot.command.CommandKit;
import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class XgroupCreateTest extends CommandTest {
  @Test
  void shouldMakeAGroup() {
    run("XGROUP", "CREATE", "s", "g", "0").fails("ERR The XGROUP subcommand requires the key");
    run("XADD", "s", "5-1", "f", "v");
    run("XGROUP", "CREATE", "s", "g", "$")
        .replies("+OK")
        .propagates("XGROUP CREATE s g $")
        .fires("xgroup-create:s");
    run("XGROUP", "CREATE", "s", "g", "0")
        .replies("-BUSYGROUP Consumer Group name already exists")
        .propagatesNothing();
    run("XINFO", "GROUPS", "s")
        .replies(
            "*1",
            "*12",
            "$4",
            "name",
            "$1",
            "g",
            "$9",
            "consumers",
            ":0",
            "$7",
            "pending",
            ":0",
            "$17",
            "last-delivered-id",
            "$3",
            "5-1",
            "$12",
            "entries-read",
            "$-1",
            "$3",
            "lag",
            ":0");
  }

  @Test
  void shouldMakeTheStreamOnRequest() {
    run("XGROUP", "CREATE", "s", "g", "$", "MKSTREAM")
        .replies("+OK")
        .fires("new:s", "xgroup-create:s");
    run("XLEN", "s").replies(":0");
    run("TYPE", "s").replies("+stream");
  }

  @Test
  void shouldRefuseWhatMakesNoSense() {
    run("XADD", "s", "5-1", "f", "v");
    run("XGROUP", "CREATE", "s", "g", "-").fails("ERR Invalid stream ID specified");
    run("XGROUP", "CREATE", "s", "g", "0", "ENTRIESREAD", "-2")
        .fails("ERR value for ENTRIESREAD must be positive or -1");
    run("XGROUP", "CREATE", "s", "g", "0", "x")
        .fails(
            "ERR unknown subcommand or wrong number of arguments for 'CREATE'. Try XGROUP HELP.");
    run("SET", "k", "v");
    run("XGROUP", "CREATE", "k", "g", "0", "MKSTREAM").fails("WRONGTYPE");
  }

  @Test
  void shouldLetWatchersOfTheStreamBe() {
    run("XADD", "s", "5-1", "f", "v");
    run("WATCH", "s", "t");
    CommandKit.Client other = kit.client();
    other.run("XGROUP", "CREATE", "s", "g", "0");
    other.run("XREADGROUP", "GROUP", "g", "c", "STREAMS", "s", ">");
    other.run("XGROUP", "DELCONSUMER", "s", "g", "c");
    other.run("XGROUP", "DESTROY", "s", "g");
    other.run("XSETID", "s", "9");
    run("MULTI");
    run("EXEC").replies("*0");
    run("WATCH", "t");
    other.run("XGROUP", "CREATE", "t", "g", "0", "MKSTREAM");
    run("MULTI");
    run("EXEC").replies("*-1");
  }
}
