package io.hashslot.command.stream;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class XgroupDelconsumerTest extends CommandTest {
  @Test
  void shouldRemoveAConsumerAndWhatItHasPending() {
    run("XADD", "s", "5-1", "f", "v");
    run("XGROUP", "CREATE", "s", "g", "0");
    run("XREADGROUP", "GROUP", "g", "c", "STREAMS", "s", ">");
    run("XGROUP", "DELCONSUMER", "s", "g", "c")
        .replies(":1")
        .propagates("XGROUP DELCONSUMER s g c")
        .fires("xgroup-delconsumer:s");
    run("XGROUP", "DELCONSUMER", "s", "g", "c").replies(":0").propagatesNothing().firesNothing();
    run("XPENDING", "s", "g").replies("*4", ":0", "$-1", "$-1", "*-1");
  }
}
