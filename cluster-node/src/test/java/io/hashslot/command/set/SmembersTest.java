package io.hashslot.command.set;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class SmembersTest extends CommandTest {
  @Test
  void shouldReplyWithAllMembers() {
    run("SMEMBERS", "s").replies("*0").fires("keymiss:s");
    run("SADD", "s", "3", "1", "-2");
    run("SMEMBERS", "s").replies("*3", "$2", "-2", "$1", "1", "$1", "3");
    client.resp3();
    run("SMEMBERS", "s").replies("~3", "$2", "-2", "$1", "1", "$1", "3");
    run("SMEMBERS", "none").replies("~0");
  }
}
