package io.hashslot.command.set;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class SismemberTest extends CommandTest {
  @Test
  void shouldTellMembersInEveryForm() {
    run("SISMEMBER", "s", "1").replies(":0");
    run("SADD", "s", "1", "2");
    run("SISMEMBER", "s", "1").replies(":1");
    run("SISMEMBER", "s", "01").replies(":0");
    run("SADD", "s", "a");
    run("SISMEMBER", "s", "1").replies(":1");
    run("SISMEMBER", "s", "+1").replies(":0");
    run("SADD", "s", "b".repeat(100));
    run("SISMEMBER", "s", "2").replies(":1");
    run("SISMEMBER", "s", "b").replies(":0");
  }
}
