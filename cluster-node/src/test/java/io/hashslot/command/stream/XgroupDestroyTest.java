package io.hashslot.command.stream;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class XgroupDestroyTest extends CommandTest {
  @Test
  void shouldRemoveTheGroupWithAllItHas() {
    run("XADD", "s", "5-1", "f", "v");
    run("XGROUP", "CREATE", "s", "g", "0");
    run("XREADGROUP", "GROUP", "g", "c", "STREAMS", "s", ">");
    run("XGROUP", "DESTROY", "s", "g")
        .replies(":1")
        .propagates("XGROUP DESTROY s g")
        .fires("xgroup-destroy:s");
    run("XGROUP", "DESTROY", "s", "g").replies(":0").propagatesNothing().firesNothing();
    run("XGROUP", "DESTROY", "missing", "g").fails("ERR The XGROUP subcommand requires the key");
  }
}
