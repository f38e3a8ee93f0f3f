package io.hashslot.command.stream;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class XgroupCreateconsumerTest extends CommandTest {
  @Test
  void shouldMakeAConsumerOnce() {
    run("XGROUP", "CREATE", "s", "g", "0", "MKSTREAM");
    run("XGROUP", "CREATECONSUMER", "s", "g", "c")
        .replies(":1")
        .propagates("XGROUP CREATECONSUMER s g c")
        .fires("xgroup-createconsumer:s");
    run("XGROUP", "CREATECONSUMER", "s", "g", "c").replies(":0").propagatesNothing().firesNothing();
    run("XGROUP", "CREATECONSUMER", "s", "x", "c").fails("NOGROUP No such consumer group 'x'");
  }
}
