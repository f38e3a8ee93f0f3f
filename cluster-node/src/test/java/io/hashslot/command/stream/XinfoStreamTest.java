package io.hashslot.command.stream;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class XinfoStreamTest extends CommandTest {
  @Test
  void shouldTellAboutAStream() {
    run("XADD", "s", "1-1", "f", "v");
    run("XADD", "s", "2-1", "f", "w");
    run("XDEL", "s", "1-1");
    run("XINFO", "STREAM", "s")
        .replies(
            "*20",
            "$6",
            "length",
            ":1",
            "$15",
            "radix-tree-keys",
            ":1",
            "$16",
            "radix-tree-nodes",
            ":1",
            "$17",
            "last-generated-id",
            "$3",
            "2-1",
            "$20",
            "max-deleted-entry-id",
            "$3",
            "1-1",
            "$13",
            "entries-added",
            ":2",
            "$23",
            "recorded-first-entry-id",
            "$3",
            "2-1",
            "$6",
            "groups",
            ":0",
            "$11",
            "first-entry",
            "*2",
            "$3",
            "2-1",
            "*2",
            "$1",
            "f",
            "$1",
            "w",
            "$10",
            "last-entry",
            "*2",
            "$3",
            "2-1",
            "*2",
            "$1",
            "f",
            "$1",
            "w");
  }

  @Test
  void shouldTellAllOnRequest() {
    run("XADD", "s", "1-1", "f", "v");
    run("XGROUP", "CREATE", "s", "g", "0");
    run("XREADGROUP", "GROUP", "g", "c", "STREAMS", "s", ">");
    client.resp3();
    run("XINFO", "STREAM", "s", "FULL", "COUNT", "1")
        .replies(
            "%9",
            "$6",
            "length",
            ":1",
            "$15",
            "radix-tree-keys",
            ":1",
            "$16",
            "radix-tree-nodes",
            ":1",
            "$17",
            "last-generated-id",
            "$3",
            "1-1",
            "$20",
            "max-deleted-entry-id",
            "$3",
            "0-0",
            "$13",
            "entries-added",
            ":1",
            "$23",
            "recorded-first-entry-id",
            "$3",
            "1-1",
            "$7",
            "entries",
            "*1",
            "*2",
            "$3",
            "1-1",
            "*2",
            "$1",
            "f",
            "$1",
            "v",
            "$6",
            "groups",
            "*1",
            "%7",
            "$4",
            "name",
            "$1",
            "g",
            "$17",
            "last-delivered-id",
            "$3",
            "1-1",
            "$12",
            "entries-read",
            ":1",
            "$3",
            "lag",
            ":0",
            "$9",
            "pel-count",
            ":1",
            "$7",
            "pending",
            "*1",
            "*4",
            "$3",
            "1-1",
            "$1",
            "c",
            ":" + inMs(0),
            ":1",
            "$9",
            "consumers",
            "*1",
            "%5",
            "$4",
            "name",
            "$1",
            "c",
            "$9",
            "seen-time",
            ":" + inMs(0),
            "$11",
            "active-time",
            ":" + inMs(0),
            "$9",
            "pel-count",
            ":1",
            "$7",
            "pending",
            "*1",
            "*3",
            "$3",
            "1-1",
            ":" + inMs(0),
            ":1");
  }

  @Test
  void shouldRefuseWhatMakesNoSense() {
    run("XINFO", "STREAM", "s").fails("ERR no such key");
    run("XADD", "s", "1-1", "f", "v");
    run("XINFO", "STREAM", "s", "x")
        .fails("ERR unknown subcommand or wrong number of arguments for 'STREAM'. Try XINFO HELP.");
    run("XINFO", "STREAM", "s", "FULL", "COUNT", "x").fails("ERR value is not an integer");
  }
}
