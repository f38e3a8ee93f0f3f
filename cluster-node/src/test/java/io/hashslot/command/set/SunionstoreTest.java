package io.hashslot.command.set;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class SunionstoreTest extends CommandTest {
  @Test
  void shouldStoreWhatIsInAnySet() {
    run("SADD", "a", "x", "1");
    run("SADD", "b", "y", "1");
    run("SUNIONSTORE", "d", "a", "b")
        .replies(":3")
        .propagates("SUNIONSTORE d a b")
        .fires("new:d", "sunionstore:d");
    run("SMEMBERS", "d").replies("*3", "$1", "x", "$1", "1", "$1", "y");
    run("EXPIRE", "d", "100");
    run("SUNIONSTORE", "d", "a").replies(":2").fires("sunionstore:d");
    run("TTL", "d").replies(":-1");
    run("SUNIONSTORE", "d", "none").replies(":0").fires("keymiss:none", "del:d");
  }
}
