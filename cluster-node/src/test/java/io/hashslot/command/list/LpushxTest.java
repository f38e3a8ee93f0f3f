package io.hashslot.command.list;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class LpushxTest extends CommandTest {
  @Test
  void shouldPushOnlyIfThereIsAList() {
    run("LPUSHX", "k", "a").replies(":0").propagatesNothing().firesNothing();
    run("EXISTS", "k").replies(":0");
    run("LPUSH", "k", "a");
    run("LPUSHX", "k", "b", "c").replies(":3").propagates("LPUSHX k b c").fires("lpush:k");
    run("LINDEX", "k", "0").repliesBulk("c");
  }
}
