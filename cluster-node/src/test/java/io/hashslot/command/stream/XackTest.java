package io.hashslot.command.stream;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class XackTest extends CommandTest {
  @Test
  void shouldAcknowledgeOnce() {
    run("XADD", "s", "1-1", "f", "v");
    run("XADD", "s", "2-1", "f", "v");
    run("XGROUP", "CREATE", "s", "g", "0");
    run("XREADGROUP", "GROUP", "g", "c", "STREAMS", "s", ">");
    run("XACK", "s", "g", "1-1", "1-1", "7")
        .replies(":1")
        .propagates("XACK s g 1-1 1-1 7")
        .firesNothing();
    run("XACK", "s", "g", "1-1").replies(":0").propagatesNothing();
    run("XACK", "s", "g", "2-1", "x").fails("ERR Invalid stream ID specified");
    run("XPENDING", "s", "g", "-", "+", "5")
        .replies("*1", "*4", "$3", "2-1", "$1", "c", ":0", ":1");
  }

  @Test
  void shouldNotMindWhatIsMissing() {
    run("XACK", "s", "g", "x").replies(":0");
    run("XADD", "s", "1-1", "f", "v");
    run("XACK", "s", "g", "x").replies(":0");
  }
}
