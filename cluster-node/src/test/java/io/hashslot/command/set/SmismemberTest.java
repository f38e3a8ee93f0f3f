package io.hashslot.command.set;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class SmismemberTest extends CommandTest {
  @Test
  void shouldTellOfEachMember() {
    run("SMISMEMBER", "s", "a", "b").replies("*2", ":0", ":0");
    run("SADD", "s", "a", "c");
    run("SMISMEMBER", "s", "a", "b", "c").replies("*3", ":1", ":0", ":1");
    run("SET", "k", "v");
    run("SMISMEMBER", "k", "a").fails("WRONGTYPE");
  }
}
