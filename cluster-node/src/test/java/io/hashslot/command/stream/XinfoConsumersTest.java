package io.hashslot.command.stream;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class XinfoConsumersTest extends CommandTest {
  @Test
  void shouldTellWhatConsumersDo() {
    run("XADD", "s", "1-1", "f", "v");
    run("XGROUP", "CREATE", "s", "g", "0");
    run("XREADGROUP", "GROUP", "g", "c", "STREAMS", "s", ">");
    passMs(10);
    run("XREADGROUP", "GROUP", "g", "c", "STREAMS", "s", ">");
    run("XGROUP", "CREATECONSUMER", "s", "g", "a");
    passMs(20);
    run("XINFO", "CONSUMERS", "s", "g")
        .replies(
            "*2",
            "*8",
            "$4",
            "name",
            "$1",
            "a",
            "$7",
            "pending",
            ":0",
            "$4",
            "idle",
            ":20",
            "$8",
            "inactive",
            ":-1",
            "*8",
            "$4",
            "name",
            "$1",
            "c",
            "$7",
            "pending",
            ":1",
            "$4",
            "idle",
            ":20",
            "$8",
            "inactive",
            ":30");
    run("XINFO", "CONSUMERS", "s", "x")
        .fails("NOGROUP No such consumer group 'x' for key name 's'");
    run("XINFO", "CONSUMERS", "t", "x").fails("ERR no such key");
  }
}
