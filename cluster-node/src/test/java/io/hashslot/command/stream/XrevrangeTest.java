package io.hashslot.command.stream;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class XrevrangeTest extends CommandTest {
  @Test
  void shouldReplyWithEntriesFromTheEnd() {
    run("XADD", "s", "1-1", "f", "v");
    run("XADD", "s", "2-1", "g", "w");
    run("XREVRANGE", "s", "+", "-")
        .replies(
            "*2", "*2", "$3", "2-1", "*2", "$1", "g", "$1", "w", "*2", "$3", "1-1", "*2", "$1", "f",
            "$1", "v");
    run("XREVRANGE", "s", "(2-1", "-", "COUNT", "1")
        .replies("*1", "*2", "$3", "1-1", "*2", "$1", "f", "$1", "v");
    run("XREVRANGE", "s", "-", "+").replies("*0");
  }
}
