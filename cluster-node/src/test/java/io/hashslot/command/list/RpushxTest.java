package io.hashslot.command.list;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class RpushxTest extends CommandTest {
  @Test
  void shouldPushOnlyIfThereIsAList() {
    run("RPUSHX", "k", "a").replies(":0").propagatesNothing().firesNothing();
    run("RPUSH", "k", "a");
    run("RPUSHX", "k", "b", "c").replies(":3").propagates("RPUSHX k b c").fires("rpush:k");
    run("LINDEX", "k", "-1").repliesBulk("c");
  }
}
