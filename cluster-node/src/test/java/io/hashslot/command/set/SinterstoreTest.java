package io.hashslot.command.set;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class SinterstoreTest extends CommandTest {
  @Test
  void shouldStoreWhatIsInAllSets() {
    run("SADD", "a", "1", "2", "x");
    run("SADD", "b", "2", "x", "y");
    run("SET", "d", "old");
    run("SINTERSTORE", "d", "a", "b")
        .replies(":2")
        .propagates("SINTERSTORE d a b")
        .fires("sinterstore:d");
    run("SMEMBERS", "d").replies("*2", "$1", "2", "$1", "x");
    run("SINTERSTORE", "a", "a", "b").replies(":2");
    run("SCARD", "a").replies(":2");
  }

  @Test
  void shouldDeleteTheDestinationIfNothingIsLeft() {
    run("SADD", "a", "1");
    run("SADD", "b", "2");
    run("SADD", "d", "x");
    run("SINTERSTORE", "d", "a", "b").replies(":0").propagates("SINTERSTORE d a b").fires("del:d");
    run("SINTERSTORE", "d", "a", "none").replies(":0").propagatesNothing().fires("keymiss:none");
  }

  @Test
  void shouldStoreNumbersAsNumbers() {
    run("SADD", "a", "1", "2", "x");
    run("SADD", "b", "1", "2", "y");
    run("SINTERSTORE", "d", "a", "b").fires("new:d", "sinterstore:d");
    run("OBJECT", "ENCODING", "d").repliesBulk("intset");
  }
}
