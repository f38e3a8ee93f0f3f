package io.hashslot.command.stream;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class XlenTest extends CommandTest {
  @Test
  void shouldCountEntriesThatAreThere() {
    run("XLEN", "s").replies(":0");
    run("XADD", "s", "1-1", "f", "v");
    run("XADD", "s", "2-1", "f", "v");
    run("XLEN", "s").replies(":2");
    run("XDEL", "s", "1-1");
    run("XLEN", "s").replies(":1");
    run("SET", "k", "v");
    run("XLEN", "k").fails("WRONGTYPE");
  }
}
