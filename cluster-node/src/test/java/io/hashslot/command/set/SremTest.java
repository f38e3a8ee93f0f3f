package io.hashslot.command.set;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class SremTest extends CommandTest {
  @Test
  void shouldRemoveWhatIsThere() {
    run("SADD", "s", "a", "b", "1");
    run("SREM", "s", "a", "x").replies(":1").propagates("SREM s a x").fires("srem:s");
    run("SREM", "s", "x").replies(":0").propagatesNothing().firesNothing();
    run("SREM", "none", "x").replies(":0").propagatesNothing();
    run("SREM", "s", "b", "1").replies(":2").fires("srem:s", "del:s");
    run("EXISTS", "s").replies(":0");
  }

  @Test
  void shouldRemoveFromLargeSets() {
    for (int i = 0; i < 1000; i++) {
      run("SADD", "s", "member:" + i);
    }
    for (int i = 0; i < 999; i++) {
      run("SREM", "s", "member:" + i).replies(":1");
    }
    run("OBJECT", "ENCODING", "s").repliesBulk("hashtable");
    run("SMEMBERS", "s").replies("*1", "$10", "member:999");
    run("SREM", "s", "member:999").fires("srem:s", "del:s");
  }
}
